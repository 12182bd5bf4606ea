import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryComponentRegistry } from '#adapters/memory/component-registry';
import type { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import { chooseMotion } from '#domain/plan/choose-component';
import type { ComponentRegistry } from '#domain/ports';
import { componentRows } from '../../../tools/cli/component-rows.ts';
import { registerBundle } from '../../../tools/cli/register-bundle.ts';
import { alone, animatic, deployment, post } from '../../domain/plan/known-components.ts';

const shard = Buffer.from('a shard of a large model');
const sha256 = createHash('sha256').update(shard).digest('hex');
const open: Component = {
  ...animatic,
  id: 'open-model',
  weights: 'registered',
  files: { 'transformer/shard.safetensors': { sha256, bytes: shard.byteLength } },
};
const guest: Component = { ...post, id: 'denoise-guest', role: 'denoise', hostedBy: 'animatic' };

let folder: string;
let artifacts: MemoryArtifactStore;
let uploaded: string[];
const registryOf = (component: Component): ComponentRegistry =>
  openMemoryComponentRegistry({
    ...deployment,
    components: [{ component: animatic, companions: [guest] }, alone(post), alone(component)],
  });
const register = (registry: ComponentRegistry, id = 'open-model') =>
  registerBundle(id, folder, { registry, artifacts, onFile: (name) => uploaded.push(name) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  mkdirSync(join(folder, 'transformer'));
  writeFileSync(join(folder, 'transformer/shard.safetensors'), shard);
  writeFileSync(join(folder, 'model_index.json'), '{}'); // beside the bundle, and not part of it
  artifacts = openMemoryArtifactStore();
  uploaded = [];
});

describe('registering the weights of an open model', () => {
  it('puts each file under its hash, and then the component can be chosen', async () => {
    const registry = registryOf(open);
    expect(chooseMotion('open-model', await registry.known())).toHaveProperty('refusal');
    await register(registry);
    expect([...artifacts.objects.keys()]).toEqual([keys.bundle(sha256)]);
    expect(chooseMotion('open-model', await registry.known())).toHaveProperty('chosen');
  });

  it('uploads nothing a second time', async () => {
    const registry = registryOf(open);
    await register(registry);
    await register(registry);
    expect(uploaded).toEqual(['transformer/shard.safetensors']);
  });

  it('refuses other bytes than the manifest names, and keeps none of them', async () => {
    writeFileSync(join(folder, 'transformer/shard.safetensors'), 'something else');
    await expect(register(registryOf(open))).rejects.toMatchObject({ name: 'WeightsRefused', message: expect.stringContaining(sha256) });
    expect(artifacts.objects.size).toBe(0);
  });

  it('refuses a licence that the deployment does not allow', async () => {
    const registry = registryOf({ ...open, licence: 'CC-BY-NC-4.0' });
    await expect(register(registry)).rejects.toMatchObject({ name: 'LicenceRefused', message: expect.stringContaining('CC-BY-NC-4.0') });
  });

  it('refuses a component that is not deployed, takes none, or has no hashes yet', async () => {
    await expect(register(registryOf(open), 'animatic')).rejects.toMatchObject({ name: 'ComponentUnknown' });
    await expect(register(registryOf({ ...open, files: {} }))).rejects.toMatchObject({
      name: 'WeightsNotPinned',
      hint: expect.stringContaining('hash-weights.ts open-model'),
    });
  });
});

it('lists what can be pinned: workers with what they host, then earlier versions', async () => {
  const known = await registryOf(open).known();
  const rows = componentRows({ ...known, kept: [...known.kept, alone({ ...animatic, version: '0.9.0' })] });
  expect(rows.map(({ component, weights, standing }) => [component, weights, standing])).toEqual([
    ['animatic@1.0.0', 'none', 'default'],
    ['denoise-guest@1.0.0', 'none', 'deployed'],
    ['post@1.0.0', 'none', 'deployed'],
    ['open-model@1.0.0', 'missing', 'deployed'],
    ['animatic@0.9.0', 'none', 'kept'],
  ]);
});
