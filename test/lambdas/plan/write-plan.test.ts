import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryComponentRegistry } from '#adapters/memory/component-registry';
import { PlanDocument, PlanOutput } from '#contracts/plan';
import { writePlan } from '#lambdas/plan/write-plan';
import { components, deploymentOf } from '../../domain/plan/known-components.ts';
import { brief, planInput } from './message.ts';

it('stores the plan and passes on a reference to it with the counts that the next stage needs', async () => {
  const store = openMemoryArtifactStore();
  const output = PlanOutput.parse(await writePlan(await planInput(store, 'preview'), { store, components: components() }));
  const document = PlanDocument.parse(JSON.parse(Buffer.from(await store.get(output.plan.document)).toString()));

  expect(output.plan).toMatchObject({ shots: 2, windows: 3, frames: 120, fps: 24, component: { id: 'animatic', version: '1.0.0' } });
  expect(document.shots.flatMap((shot) => shot.windows)).toHaveLength(3);
  expect(document.plate).toEqual({ width: 320, height: 180 });
});

it('writes the same bytes when it runs twice', async () => {
  const store = openMemoryArtifactStore();
  const input = await planInput(store, 'final');
  const [first, second] = [
    await writePlan(input, { store, components: components() }),
    await writePlan(input, { store, components: components() }),
  ];
  expect(second).toEqual(first);
});

it('keeps the preview and the final plan side by side', async () => {
  const store = openMemoryArtifactStore();
  const preview = await writePlan(await planInput(store, 'preview'), { store, components: components() });
  const final = await writePlan(await planInput(store, 'final'), { store, components: components() });
  expect(preview.plan.document.key).not.toBe(final.plan.document.key);
  await Promise.all([store.get(preview.plan.document), store.get(final.plan.document)]);
});

it('refuses a brief whose bytes are not the ones that were accepted', async () => {
  const store = openMemoryArtifactStore();
  const input = await planInput(store, 'final');
  store.objects.set(input.job.brief.key, new TextEncoder().encode('{}'));
  await expect(writePlan(input, { store, components: components() })).rejects.toMatchObject({ name: 'Artifact.Corrupted' });
});

it('renders the final with the version that rendered the preview, although another was deployed in between', async () => {
  const store = openMemoryArtifactStore();
  const before = openMemoryComponentRegistry(deploymentOf('1.0.0'));
  const after = openMemoryComponentRegistry(deploymentOf('2.0.0'));
  const preview = await writePlan(await planInput(store, 'preview'), { store, components: before });
  const final = await writePlan(await planInput(store, 'final'), { store, components: after });
  expect(final.plan.workers).toEqual(preview.plan.workers);
  expect(final.plan.workers.generate).toEqual({ id: 'animatic', version: '1.0.0', priceClass: 'cpu-spot' });
});

it('lets the first of two planners choose for both', async () => {
  const store = openMemoryArtifactStore();
  const input = await planInput(store, 'preview');
  const plans = await Promise.all(
    ['1.0.0', '2.0.0'].map((version) => writePlan(input, { store, components: openMemoryComponentRegistry(deploymentOf(version)) })),
  );
  expect(plans[0]?.plan.workers).toEqual(plans[1]?.plan.workers);
});

it('plans with the version that the brief pins', async () => {
  const store = openMemoryArtifactStore();
  const rows = { versions: new Map(), bundles: new Set<string>() };
  await openMemoryComponentRegistry(deploymentOf('1.0.0'), rows).known();
  const registry = openMemoryComponentRegistry(deploymentOf('2.0.0'), rows);
  const pinned = await planInput(store, 'preview', { ...brief, components: { motion: 'animatic@1.0.0' } });
  const { plan } = await writePlan(pinned, { store, components: registry });
  expect(plan.component).toEqual({ id: 'animatic', version: '1.0.0' });
});

it('stops with the reason when a pinned component went away after the brief was accepted', async () => {
  const store = openMemoryArtifactStore();
  const pinned = await planInput(store, 'preview', { ...brief, components: { motion: 'gone' } });
  await expect(writePlan(pinned, { store, components: components() })).rejects.toMatchObject({
    name: 'Contract.Violated',
    message: expect.stringContaining('expected one of animatic@1.0.0, found gone'),
  });
});

it('plans the final of a running job even when what it pinned can no longer be chosen', async () => {
  const store = openMemoryArtifactStore();
  const asked = { ...brief, components: { motion: 'animatic@1.0.0' } };
  await writePlan(await planInput(store, 'preview', asked), { store, components: components() });
  const after = openMemoryComponentRegistry(deploymentOf('2.0.0')); // nobody remembers 1.0.0 here
  const { plan } = await writePlan(await planInput(store, 'final', asked), { store, components: after });
  expect(plan.component.version).toBe('1.0.0');
});

it('writes the plan of a later take beside the earlier one, and says in the message what was sent back', async () => {
  const store = openMemoryArtifactStore();
  const input = await planInput(store, 'preview');
  const rework = { take: 2, shots: [{ shot: 1, take: 2 }] };
  const first = await writePlan(input, { store, components: components() });
  const second = PlanOutput.parse(await writePlan({ ...input, rework }, { store, components: components() }));
  expect(second.rework).toEqual(rework);
  expect(second.plan.document.key).toBe(first.plan.document.key.replace('/preview/', '/preview-take2/'));
  await Promise.all([store.get(first.plan.document), store.get(second.plan.document)]);
});
