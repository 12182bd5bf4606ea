import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IntakeStore } from '#domain/ports';

export type Upload = (key: string, body: string) => Promise<void>;

/** What every intake bucket promises. `upload` is the user, not the product. */
export function intakeStoreSuite(name: string, open: () => Promise<{ store: IntakeStore; upload: Upload }>): void {
  describe(name, () => {
    const folder = `acme/${randomUUID()}`;
    let store: IntakeStore;
    let upload: Upload;
    beforeAll(async () => {
      ({ store, upload } = await open());
    });
    const text = async (object: Parameters<IntakeStore['read']>[0], maxBytes = 1000) =>
      new TextDecoder().decode(await store.read(object, maxBytes));
    const statOf = async (key: string) => {
      const object = await store.stat(key);
      if (!object) throw new Error(`expected ${key}, found nothing`);
      return object;
    };

    it('knows the newest version of an object, and that there is none', async () => {
      const key = `${folder}/a b+c%25é.json`;
      expect(await store.stat(key)).toBeUndefined();
      await upload(key, 'four');
      expect(await statOf(key)).toMatchObject({ key, bytes: 4 });
    });

    it('reads exactly the version it was asked for, whatever was uploaded since', async () => {
      const key = `${folder}/versions.json`;
      await upload(key, 'one');
      const first = await statOf(key);
      await upload(key, 'second');
      expect(await text(first)).toBe('one');
      expect(await text(await statOf(key))).toBe('second');
    });

    it('refuses to read more than it was allowed, even when the size it was told was a lie', async () => {
      const key = `${folder}/large.json`;
      await upload(key, 'x'.repeat(50));
      const object = await statOf(key);
      await expect(store.read(object, 49)).rejects.toThrow(RangeError);
      await expect(store.read({ ...object, bytes: 1 }, 49)).rejects.toThrow(/at most 49 bytes, found 50/);
      expect(await text(object, 50)).toHaveLength(50);
    });

    it('reads an empty object', async () => {
      await upload(`${folder}/empty.json`, '');
      expect(await text(await statOf(`${folder}/empty.json`))).toBe('');
    });

    it('leaves a note that can be left again', async () => {
      const key = `${folder}/brief.rejected.json`;
      const note = new TextEncoder().encode('{"why":1}');
      await store.leaveNote(key, note);
      await store.leaveNote(key, note);
      expect(await text(await statOf(key))).toBe('{"why":1}');
    });
  });
}
