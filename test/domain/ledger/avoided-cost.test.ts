import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { VISITS } from '#contracts/stages';
import { GPU_SECONDS_PER_RENDERED_SECOND, gpuCostAvoided, isBeforeFinal } from '#domain/ledger/avoided-cost';
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

const brief = { tier: 'final' as const, storyboard: [{ seconds: 6 }, { seconds: 9 }] };
const stopped = { brief, template: {}, defaultMotion: 'wan22-ti2v-5b@1.0.0', visit: 'safety:brief' as const };

it('is the final render at spot prices, by what the brief, its template or the deployment would have rendered with', () => {
  const price = (rate: number): number => Math.round(15 * rate * PRICES['gpu-spot'].microUsd);
  expect(gpuCostAvoided(stopped)).toBe(price(145));
  expect(gpuCostAvoided({ ...stopped, template: { components: { motion: 'fastwan22-ti2v-5b' } } })).toBe(price(27));
  const pinned = { ...brief, components: { motion: 'wan21-vace-1-3b' } };
  expect(gpuCostAvoided({ ...stopped, brief: pinned, template: { components: { motion: 'fastwan22-ti2v-5b' } } })).toBe(price(75));
});

it('is nothing where no GPU would have worked: for a preview alone, and for a component that draws on CPUs', () => {
  expect(gpuCostAvoided({ ...stopped, brief: { ...brief, tier: 'preview' } })).toBe(0);
  expect(gpuCostAvoided({ ...stopped, defaultMotion: 'animatic' })).toBe(0);
});

it('is avoided by safety and by people, up to the moment when the final is rendered', () => {
  expect(VISITS.filter(isBeforeFinal)).toEqual(['safety:brief', 'review:brief', 'safety:preview', 'review:preview']);
  expect(VISITS.filter((visit) => gpuCostAvoided({ ...stopped, visit }) > 0)).toEqual(VISITS.filter(isBeforeFinal));
});
