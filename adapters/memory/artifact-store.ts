import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { ArtifactRef } from '#contracts/artifact';
import { artifactCorrupted } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';

export interface MemoryArtifactStore extends ArtifactStore {
  /** Every object by key, for tests that ask what a run left behind. */
  readonly objects: Map<string, Uint8Array>;
}

/** Keeps bytes in a map and keeps every promise of the port: copies in, copies out, hashes on every read. */
export function openMemoryArtifactStore(bucket = 'artifacts'): MemoryArtifactStore {
  const objects = new Map<string, Uint8Array>();

  const put = async (key: string, body: Uint8Array): Promise<ArtifactRef> => {
    objects.set(key, body.slice());
    return { bucket, key, sha256: sha256(body), bytes: body.byteLength };
  };
  const get = async (ref: ArtifactRef): Promise<Uint8Array> => {
    const body = ref.bucket === bucket ? objects.get(ref.key) : undefined;
    if (!body) throw artifactCorrupted(ref.key, ref.sha256, `no object in bucket ${ref.bucket}`);
    const found = sha256(body);
    if (found !== ref.sha256) throw artifactCorrupted(ref.key, ref.sha256, found);
    return body.slice();
  };

  return {
    objects,
    put,
    get,
    find: async (key) => {
      const body = objects.get(key);
      return body && { ref: { bucket, key, sha256: sha256(body), bytes: body.byteLength }, body: body.slice() };
    },
    create: async (key, body) => {
      if (objects.has(key)) return false;
      objects.set(key, body.slice());
      return true;
    },
    upload: async (key, file) => put(key, await readFile(file)),
    download: async (ref, file) => writeFile(file, await get(ref)),
  };
}

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
