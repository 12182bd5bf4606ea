import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { readManifests } from '#lib/components';
import { hashWeights } from '../../../tools/models/hash-weights.ts';
import { MAX_SHIPPED_BYTES, weightsProblems } from '../../../tools/models/weights-files.ts';

const root = resolve(import.meta.dirname, '../../..');
const shipping = readManifests(root).filter(({ weights }) => weights === 'shipped');

it.each(shipping)('$id ships the weights that its manifest names, byte for byte, and no others', async (component) => {
  expect(await weightsProblems(component, join(root, 'models', component.id))).toEqual([]);
});

describe('writing hashes into a manifest', () => {
  let project: string;
  const manifest = () => join(project, 'containers/tiny/component.json');
  const weights = (name: string) => join(project, 'models/tiny', name);
  const read = () => Component.parse(JSON.parse(readFileSync(manifest(), 'utf8')));

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'hash-weights-'));
    for (const folder of ['containers/tiny', 'models/tiny']) mkdirSync(join(project, folder), { recursive: true });
    const animatic = JSON.parse(readFileSync(join(root, 'containers/animatic/component.json'), 'utf8'));
    writeFileSync(manifest(), JSON.stringify({ ...animatic, id: 'tiny' }));
    writeFileSync(weights('tiny.onnx'), 'abc');
    writeFileSync(weights('README.md'), 'the model card');
  });

  it('names every file of weights with size and hash, and not the model card', async () => {
    await hashWeights(project, 'tiny');
    expect(read().files).toEqual({
      'tiny.onnx': { sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', bytes: 3 },
    });
    expect(await weightsProblems(read(), join(project, 'models/tiny'))).toEqual([]);
  });

  it('notices a file that changed, one that is gone and one that came', async () => {
    await hashWeights(project, 'tiny');
    const problems = () => weightsProblems(read(), join(project, 'models/tiny'));
    writeFileSync(weights('tiny.onnx'), 'abd');
    writeFileSync(weights('more.bin'), 'x');
    expect(await problems()).toEqual([
      expect.stringMatching(/expected tiny\.onnx with sha256 ba78.* \(3 bytes\), found a52d/),
      expect.stringContaining('found more.bin'),
    ]);
    const renamed = { ...read(), files: { 'other.onnx': read().files['tiny.onnx']! } };
    expect((await weightsProblems(renamed, join(project, 'models/tiny')))[0]).toContain('found no file');
  });

  it('refuses a shard that is too large for a repository, and a folder without weights', async () => {
    writeFileSync(weights('large.bin'), Buffer.alloc(MAX_SHIPPED_BYTES + 1));
    await expect(hashWeights(project, 'tiny')).rejects.toThrow('large.bin to have at most 16777216 bytes');
    await expect(hashWeights(project, 'tiny', join(project, 'nowhere'))).rejects.toThrow('found none');
  });

  it('takes a bundle of a customer from any folder, with the folders inside it', async () => {
    writeFileSync(manifest(), JSON.stringify({ ...JSON.parse(readFileSync(manifest(), 'utf8')), weights: 'registered' }));
    const bundle = join(project, 'download');
    mkdirSync(join(bundle, 'transformer'), { recursive: true });
    writeFileSync(join(bundle, 'transformer/config.json'), '{}');
    writeFileSync(join(bundle, '.lock'), '');
    await hashWeights(project, 'tiny', bundle);
    expect(Object.keys(read().files)).toEqual(['transformer/config.json']);
  });
});
