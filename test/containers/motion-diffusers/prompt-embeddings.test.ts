import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { modelFolder } from '../../../containers/motion-diffusers/model-folder.ts';
import { embeddingDigest, encoderOf, storedEmbeddings } from '../../../containers/motion-diffusers/prompt-embeddings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-embeddings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (prompt: string, encoder = 'e1') => join(folder, `${embeddingDigest(encoder, prompt)}.safetensors`);

it('made on one machine is there on the next', async () => {
  const store = openMemoryArtifactStore();
  writeFileSync(fileOf('silk'), 'numbers');
  await storedEmbeddings(store, 'acme', folder).keep('e1', ['silk', 'not made yet']);
  rmSync(fileOf('silk'));
  await storedEmbeddings(store, 'acme', folder).bring('e1', ['silk', 'not made yet']);
  expect(readFileSync(fileOf('silk'), 'utf8')).toBe('numbers');
  expect(existsSync(fileOf('not made yet'))).toBe(false);
});

it('of one tenant or encoder is not given to another', async () => {
  const store = openMemoryArtifactStore();
  writeFileSync(fileOf('silk'), 'numbers');
  await storedEmbeddings(store, 'acme', folder).keep('e1', ['silk']);
  rmSync(fileOf('silk'));
  await storedEmbeddings(store, 'other', folder).bring('e1', ['silk']);
  await storedEmbeddings(store, 'acme', folder).bring('e2', ['silk']);
  expect(existsSync(fileOf('silk')) || existsSync(fileOf('silk', 'e2'))).toBe(false);
});

it('is named after the files of the encoder and of nothing else', () => {
  const bundle = (encoder: string, transformer: string) =>
    encoderOf({
      files: new Map([
        ['text_encoder--model.safetensors', `/w/${encoder}`],
        ['transformer--config.json', `/w/${transformer}`],
      ]),
    });
  expect(bundle('aa', 'bb')).toBe(bundle('aa', 'cc'));
  expect(bundle('aa', 'bb')).not.toBe(bundle('ab', 'bb'));
});

it('a bundle lies in folders as diffusers reads it, and its files are not copied', async () => {
  writeFileSync(join(folder, 'f00d'), '{}');
  const model = await modelFolder(
    {
      files: new Map([
        ['vae--config.json', join(folder, 'f00d')],
        ['model_index.json', join(folder, 'f00d')],
      ]),
    },
    join(folder, 'model'),
  );
  expect(readFileSync(join(model, 'vae', 'config.json'), 'utf8')).toBe('{}');
  expect(spawnSync('find', [model, '-type', 'l']).stdout.toString().trim().split('\n').sort()).toEqual(
    [join(model, 'model_index.json'), join(model, 'vae/config.json')].sort(),
  );
});
