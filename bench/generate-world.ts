import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphOptions } from '#adapters/inference/onnx-graph';
import { Brief } from '#contracts/brief';
import { Component } from '#contracts/component';
import type { PlanDocument } from '#contracts/plan';
import { planDocument } from '#domain/plan/plan-document';
import denoise from '../containers/denoise-tiny/component.json' with { type: 'json' };
import type { LoadedBundle } from '../containers/harness/motion-backend.ts';
import manifest from '../containers/motion-tiny/component.json' with { type: 'json' };
import upscale from '../containers/upscale-tiny/component.json' with { type: 'json' };

export const motionTiny = Component.parse(manifest);
export const hosted = [denoise, upscale].map((one) => Component.parse(one));
/** As a worker runs: one thread of computing for each process. */
export const ONE_THREAD: GraphOptions = { threads: 1, device: 'cpu' };

const MODELS = join(import.meta.dirname, '../models');

/** The weights of the repository, as a worker would have fetched them. */
export const shippedBundle = (): LoadedBundle => ({
  files: new Map(
    [motionTiny, ...hosted].flatMap(({ id }) =>
      readdirSync(join(MODELS, id))
        .filter((file) => /\.(onnx|bin)$/.test(file))
        .map((file): [string, string] => [file, join(MODELS, id, file)]),
    ),
  ),
});

/** A clip of 1280x720 at 24 frames a second in four shots. */
export function clipOf(seconds: number, component: Component): PlanDocument {
  const descriptions = ['Soft bokeh in warm morning light', 'Slow waves of cream', 'A sweep of light across a dark table', 'Rays of sun'];
  const brief = Brief.parse({
    schema: 'framewright/brief/v1',
    tenant: 'bench',
    campaign: 'bench',
    product: { name: 'Espresso', photo: 'assets/coffee.png' },
    storyboard: descriptions.map((description) => ({ description, seconds: seconds / descriptions.length })),
    brand: { palette: ['#3b1d12', '#c0392b', '#f4d9b0'] },
    outputs: [{ width: 1280, height: 720, fps: 24 }],
  });
  return planDocument({ job: { jobId: `bench_${'0'.repeat(24)}`, tenant: 'bench' }, tier: 'final', brief, photoPalette: [], component });
}
