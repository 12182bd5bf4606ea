import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import type { WindowManifest } from '#contracts/generate';
import { GenerateOutput } from '#contracts/generate';
import { keys } from '#contracts/keys';
import { canonicalJson } from '#domain/plan/canonical-json';
import { readPlan } from '#domain/plan/read-plan';
import { collectWindows } from '#lambdas/generate/collect-windows';
import { writePlan } from '#lambdas/plan/write-plan';
import { components } from '../../domain/plan/known-components.ts';
import { planInput } from '../plan/message.ts';

const batchJobId = 'batch-1';

/** A plan and the manifests its worker would leave; `change` bends one of them. */
async function rendered(change: (manifest: WindowManifest) => WindowManifest | undefined = (manifest) => manifest) {
  const store = openMemoryArtifactStore();
  const message = await writePlan(await planInput(store, 'preview'), { store, components: components() });
  const plan = await readPlan(store, message.plan.document);
  const last = plan.shots.at(-1);
  for (const shot of plan.shots) {
    for (const window of shot.windows) {
      const frames = await store.put(keys.window(plan, shot, window), new Uint8Array([1]));
      const manifest: WindowManifest = {
        schema: 'framewright/window/v1',
        jobId: plan.jobId,
        tier: 'preview',
        shot: shot.index,
        window,
        component: plan.component,
        frames,
        frameCount: window.end - window.start,
        ...plan.plate,
        decodedSha256: 'b'.repeat(64),
      };
      const kept = shot === last ? change(manifest) : manifest;
      if (kept) await store.create(keys.windowManifest(plan, shot, window), canonicalJson(kept));
    }
  }
  return { store, input: { ...message, batchJobId } };
}

it('passes on how many windows there are once all of them are there', async () => {
  const { store, input } = await rendered();
  const output = GenerateOutput.parse(await collectWindows(input, { store }));
  expect(output.generate).toEqual({ batchJobId, windows: 3 });
});

it.each<[string, (manifest: WindowManifest) => WindowManifest | undefined, string]>([
  ['a missing window', () => undefined, 'shot 1 window 0-48 is missing'],
  ['a window of another size', (manifest) => ({ ...manifest, width: 640 }), 'shot 1 window 0-48 has width 640 instead of 320'],
  ['a window with frames missing', (manifest) => ({ ...manifest, frameCount: 47 }), 'has frameCount 47 instead of 48'],
  [
    'a window drawn from another seed',
    (manifest) => ({ ...manifest, window: { ...manifest.window, seed: 5 } }),
    'has window.seed 5 instead of',
  ],
  [
    'a window by another version',
    (manifest) => ({ ...manifest, component: { id: 'animatic', version: '0.9.0' } }),
    'has component animatic@0.9.0 instead of animatic@1.0.0',
  ],
  [
    'frames of another tenant',
    (manifest) => ({ ...manifest, frames: { ...manifest.frames, key: 'tenants/other/x.nut' } }),
    'frames.key tenants/other/x.nut',
  ],
  ['frames without bytes', (manifest) => ({ ...manifest, frames: { ...manifest.frames, bytes: 0 } }), 'has frames without bytes'],
])('refuses %s and says which and why', async (_, change, message) => {
  const { store, input } = await rendered(change);
  await expect(collectWindows(input, { store })).rejects.toMatchObject({
    name: 'Render.Incomplete',
    message: expect.stringContaining(message),
  });
});

it('names at most five problems and counts all of them', async () => {
  const { store, input } = await rendered();
  const plan = await readPlan(store, input.plan.document);
  const [shot] = plan.shots;
  const many = { ...plan, shots: Array.from({ length: 9 }, (_, index) => ({ ...shot!, index: index + 10 })) };
  const document = await store.put('plan-of-many.json', canonicalJson(many));
  const failure = collectWindows({ ...input, plan: { ...input.plan, document } }, { store });
  await expect(failure).rejects.toThrow(/found 18 missing or different: (?:[^;]+; ){5}\.\.\.$/);
});

it('treats a manifest that is not JSON as work that is not done', async () => {
  const { store, input } = await rendered();
  const plan = await readPlan(store, input.plan.document);
  const window = plan.shots[1]!.windows[0]!;
  store.objects.set(keys.windowManifest(plan, plan.shots[1]!, window), new TextEncoder().encode('<html>'));
  await expect(collectWindows(input, { store })).rejects.toThrow('shot 1 window 0-48 has an unreadable manifest');
});
