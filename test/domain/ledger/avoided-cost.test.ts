import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { GPU_SECONDS_PER_RENDERED_SECOND, gpuCostAvoided } from '#domain/ledger/avoided-cost';
import { PRICES } from '#domain/ledger/price-list';

const FOLDER = new URL('../../../bench/measured/', import.meta.url);
const Measured = z.object({ component: z.string(), workerSecondsPerRenderedSecond: z.number() });
const priceClassOf = (id: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../containers/${id}/component.json`, import.meta.url), 'utf8')).priceClass;

it('takes its rates from the figures of the benchmarks, for every component on a GPU and for no other', () => {
  const rates = readdirSync(FOLDER)
    .map((file) => Measured.parse(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))))
    .map((figure) => [figure.component.split('@')[0] ?? '', figure.workerSecondsPerRenderedSecond] as const)
    .filter(([id]) => priceClassOf(id) === 'gpu-spot');
  expect(Object.fromEntries(rates)).toEqual(GPU_SECONDS_PER_RENDERED_SECOND);
});

it('is the final render at spot prices, and nothing where no GPU would have worked', () => {
  const seconds = 15 * 145;
  expect(gpuCostAvoided({ clipSeconds: 15, tier: 'final', motion: 'wan22-ti2v-5b@1.0.0' })).toBe(
    Math.round(seconds * PRICES['gpu-spot'].microUsd),
  );
  expect(gpuCostAvoided({ clipSeconds: 15, tier: 'preview', motion: 'wan22-ti2v-5b' })).toBe(0);
  expect(gpuCostAvoided({ clipSeconds: 15, tier: 'final', motion: 'animatic' })).toBe(0);
});
