import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactStore } from '#domain/ports';

/** What every artifact store promises. Keys are fresh for each run, so a shared bucket is fine. */
export function artifactStoreSuite(name: string, open: () => Promise<ArtifactStore> | ArtifactStore): void {
  describe(name, () => {
    const prefix = `suite/${randomUUID()}`;
    let store: ArtifactStore;
    let folder: string;
    beforeAll(async () => {
      store = await open();
      folder = await mkdtemp(join(tmpdir(), 'artifact-store-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));
    const text = (value: string) => new TextEncoder().encode(value);

    it('gives back the bytes that were put, and a reference that names them by hash', async () => {
      const ref = await store.put(`${prefix}/a`, text('frame'), 'text/plain');
      expect(ref).toMatchObject({ key: `${prefix}/a`, bytes: 5, sha256: createHash('sha256').update('frame').digest('hex') });
      expect(Buffer.from(await store.get(ref)).toString()).toBe('frame');
    });

    it('accepts the same write twice, so a retried stage is harmless', async () => {
      const first = await store.put(`${prefix}/twice`, text('x'));
      expect(await store.put(`${prefix}/twice`, text('x'))).toEqual(first);
    });

    it('keeps an empty object', async () => {
      const ref = await store.put(`${prefix}/empty`, new Uint8Array());
      expect((await store.get(ref)).byteLength).toBe(0);
    });

    it('refuses to hand out other bytes than the reference names', async () => {
      const ref = await store.put(`${prefix}/changed`, text('before'));
      await store.put(`${prefix}/changed`, text('after!'));
      await expect(store.get(ref)).rejects.toMatchObject({ name: 'Artifact.Corrupted', message: expect.stringContaining(ref.sha256) });
    });

    it('says so when what a reference names is gone', async () => {
      const ref = await store.put(`${prefix}/exists`, text('x'));
      const gone = store.get({ ...ref, key: `${prefix}/never` });
      await expect(gone).rejects.toMatchObject({ name: 'Artifact.Corrupted', message: expect.stringContaining('no object') });
    });

    it('finds what is at a key, and finds nothing where nothing is', async () => {
      const ref = await store.put(`${prefix}/found`, text('here'));
      const found = await store.find(`${prefix}/found`);
      expect(found?.ref).toEqual(ref);
      expect(Buffer.from(found!.body).toString()).toBe('here');
      expect(await store.find(`${prefix}/missing`)).toBeUndefined();
    });

    it('creates a key once: whoever comes second is told so and changes nothing', async () => {
      const key = `${prefix}/claim`;
      expect(await store.create(key, text('first'), 'application/json')).toBe(true);
      expect(await store.create(key, text('second'))).toBe(false);
      expect(Buffer.from((await store.find(key))!.body).toString()).toBe('first');
    });

    it('lets exactly one of many simultaneous creators win', async () => {
      const key = `${prefix}/race`;
      const wins = await Promise.all(Array.from({ length: 8 }, (_, writer) => store.create(key, text(`writer ${writer}`))));
      expect(wins.filter(Boolean)).toHaveLength(1);
      expect(Buffer.from((await store.find(key))!.body).toString()).toBe(`writer ${wins.indexOf(true)}`);
    });

    it.each([
      ['a small file', 1_000],
      ['a file larger than one part of an upload', 33 * 1024 * 1024],
    ])('uploads %s and downloads it again, byte for byte', async (_, bytes) => {
      const source = join(folder, `source-${bytes}`);
      const copy = join(folder, `copy-${bytes}`);
      const body = Buffer.alloc(bytes, 'a window of frames ');
      await writeFile(source, body);

      const ref = await store.upload(`${prefix}/file-${bytes}`, source, 'video/nut');
      await store.download(ref, copy);

      expect(ref).toMatchObject({ bytes, sha256: createHash('sha256').update(body).digest('hex') });
      expect((await readFile(copy)).equals(body)).toBe(true);
    });

    it('leaves no file behind when a download turns out to be other bytes', async () => {
      const ref = await store.put(`${prefix}/swapped`, text('right'));
      await store.put(`${prefix}/swapped`, text('wrong'));
      const target = join(folder, 'swapped');
      await expect(store.download(ref, target)).rejects.toMatchObject({ name: 'Artifact.Corrupted' });
      await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' });
    });
  });
}
