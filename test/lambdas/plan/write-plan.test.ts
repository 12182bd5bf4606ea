import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { Component } from '#contracts/component';
import { PlanDocument, PlanOutput } from '#contracts/plan';
import { writePlan } from '#lambdas/plan/write-plan';
import animatic from '../../../containers/animatic/component.json' with { type: 'json' };
import { planInput } from './message.ts';

const component = Component.parse(animatic);

it('stores the plan and passes on a reference to it with the counts that the next stage needs', async () => {
  const store = openMemoryArtifactStore();
  const output = PlanOutput.parse(await writePlan(await planInput(store, 'preview'), { store, component }));
  const document = PlanDocument.parse(JSON.parse(Buffer.from(await store.get(output.plan.document)).toString()));

  expect(output.plan).toMatchObject({ shots: 2, windows: 3, frames: 120, fps: 24, component: { id: 'animatic', version: '1.0.0' } });
  expect(document.shots.flatMap((shot) => shot.windows)).toHaveLength(3);
  expect(document.plate).toEqual({ width: 320, height: 180 });
});

it('writes the same bytes when it runs twice', async () => {
  const store = openMemoryArtifactStore();
  const input = await planInput(store, 'final');
  const [first, second] = [await writePlan(input, { store, component }), await writePlan(input, { store, component })];
  expect(second).toEqual(first);
});

it('keeps the preview and the final plan side by side', async () => {
  const store = openMemoryArtifactStore();
  const preview = await writePlan(await planInput(store, 'preview'), { store, component });
  const final = await writePlan(await planInput(store, 'final'), { store, component });
  expect(preview.plan.document.key).not.toBe(final.plan.document.key);
  await Promise.all([store.get(preview.plan.document), store.get(final.plan.document)]);
});

it('refuses a brief whose bytes are not the ones that were accepted', async () => {
  const store = openMemoryArtifactStore();
  const input = await planInput(store, 'final');
  store.objects.set(input.job.brief.key, new TextEncoder().encode('{}'));
  await expect(writePlan(input, { store, component })).rejects.toMatchObject({ name: 'Artifact.Corrupted' });
});
