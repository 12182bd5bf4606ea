import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { Component } from '#contracts/component';
import { ErrorName, ExitCode } from '#contracts/errors';
import { exitCodeOf } from '../../../containers/harness/exit-code.ts';
import { loadBundle } from '../../../containers/harness/weights.ts';
import { component } from './bench.ts';

const body = Buffer.from('weights of a small model');
const sha256 = createHash('sha256').update(body).digest('hex');
const made = Component.parse({ ...component, id: 'tiny', files: { 'tiny.onnx': { sha256, bytes: body.byteLength } } });

let store: MemoryArtifactStore;
let fetched: string[];
let cache: string;
beforeEach(async () => {
  store = openMemoryArtifactStore('assets');
  await store.put('tiny.bin', body);
  fetched = [];
  cache = join(mkdtempSync(join(tmpdir(), 'weights-')), 'cache');
});

const source = () => ({
  places: JSON.stringify({ 'tiny/tiny.onnx': 's3://assets/tiny.bin' }),
  store: {
    download: (...[ref, file]: Parameters<MemoryArtifactStore['download']>) => {
      fetched.push(ref.key);
      return store.download(ref, file);
    },
  },
  cache,
});
const load = (components = [made]) => loadBundle(components, source());
const failure = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: Error) => error,
  );

describe('weights of a component', () => {
  it('are fetched once and lie under their hash', async () => {
    const { files } = await load();
    expect([...files]).toEqual([['tiny.onnx', join(cache, sha256)]]);
    expect(readFileSync(join(cache, sha256))).toEqual(body);
  });

  it('are read from the disk when the worker starts a second time', async () => {
    await load();
    expect(await load()).toEqual(await load());
    expect(fetched).toEqual(['tiny.bin']);
  });

  it.each([
    ['cut short', () => truncateSync(join(cache, sha256), 3)],
    ['changed', () => writeFileSync(join(cache, sha256), Buffer.from(body).reverse())],
  ])('are fetched again when the file on the disk was %s', async (_, harm) => {
    await load();
    harm();
    await load();
    expect(fetched).toHaveLength(2);
    expect(readFileSync(join(cache, sha256))).toEqual(body);
  });

  it('are refused when the store holds other bytes, and are not left on the disk', async () => {
    store.objects.set('tiny.bin', Buffer.from('something else'));
    const error = await failure(load());
    expect(error).toMatchObject({ name: ErrorName.ArtifactCorrupted });
    for (const said of ['tiny.onnx', sha256, 's3://assets/tiny.bin', 'Deploy again']) expect(error?.message).toContain(said);
    expect(exitCodeOf(error)).toBe(ExitCode.BadWork); // another attempt would read the same bytes
    expect(readdirSync(cache)).toEqual([]);
  });

  it('leave nothing half written when the store fails in the middle, and are fetched by the next attempt', async () => {
    const failing = {
      ...source(),
      store: {
        download: async (_ref: unknown, file: string) => {
          writeFileSync(file, 'half');
          throw new Error('connection reset');
        },
      },
    };
    expect(exitCodeOf(await failure(loadBundle([made], failing)))).toBe(ExitCode.Failed);
    expect(readdirSync(cache)).toEqual([]);
    await load();
  });

  it('come whole to workers that start at the same moment', async () => {
    const bundles = await Promise.all(Array.from({ length: 8 }, () => load()));
    for (const { files } of bundles) expect(readFileSync(files.get('tiny.onnx')!)).toEqual(body);
    expect(readdirSync(cache)).toEqual([sha256]);
  });

  it('come with those of the components that the worker hosts', async () => {
    const guest = Component.parse({ ...made, id: 'guest', files: { 'guest.onnx': { sha256, bytes: body.byteLength } } });
    expect([...(await load([made, guest])).files.keys()]).toEqual(['tiny.onnx', 'guest.onnx']);
    expect(fetched).toEqual(['tiny.bin']); // the same bytes are the same file
  });

  it('are none for a component without files', async () => {
    expect((await loadBundle([component], { ...source(), places: undefined })).files.size).toBe(0);
  });

  it('need a place: what the job definition does not name is named in the refusal', async () => {
    const error = await failure(loadBundle([made], { ...source(), places: '{}' }));
    expect(error).toMatchObject({ name: ErrorName.ContractViolated, message: expect.stringContaining('tiny/tiny.onnx') });
  });

  it('may not have the name of another component’s file', async () => {
    expect(await failure(load([made, { ...made, id: 'other' }]))).toMatchObject({ message: expect.stringContaining('in two components') });
  });
});
