import { createHash } from 'node:crypto';
import type { IntakeObject } from '#contracts/job';
import type { IntakeStore } from '#domain/ports';

export interface MemoryIntakeStore extends IntakeStore {
  /** Uploads a new version, as a user would. */
  upload(key: string, body: Uint8Array | string): IntakeObject;
  /** Notes that were left, by key. */
  readonly notes: Map<string, string>;
}

/** A versioned bucket in memory: every upload is a new version, old versions stay readable. */
export function openMemoryIntakeStore(bucket = 'intake'): MemoryIntakeStore {
  const versions = new Map<string, Uint8Array[]>();
  const notes = new Map<string, string>();

  const describe = (key: string, all: readonly Uint8Array[], index: number): IntakeObject => ({
    bucket,
    key,
    versionId: `v${index + 1}`,
    bytes: all[index]?.byteLength ?? 0,
  });
  const upload = (key: string, body: Uint8Array | string): IntakeObject => {
    const all = versions.get(key) ?? [];
    all.push(typeof body === 'string' ? new TextEncoder().encode(body) : body.slice());
    versions.set(key, all);
    return describe(key, all, all.length - 1);
  };

  return {
    notes,
    upload,
    async stat(key) {
      const all = versions.get(key);
      const newest = all?.at(-1);
      return all && newest && { ...describe(key, all, all.length - 1), etag: `"${createHash('md5').update(newest).digest('hex')}"` };
    },
    async read(object, maxBytes) {
      const body = versions.get(object.key)?.[Number(object.versionId.slice(1)) - 1];
      if (object.bucket !== bucket || !body) throw new Error(`${object.key} version ${object.versionId}: expected a body, found none`);
      const longest = Math.max(object.bytes, body.byteLength);
      if (longest > maxBytes) throw new RangeError(`${object.key}: expected at most ${maxBytes} bytes, found ${longest}`);
      return body.slice();
    },
    async leaveNote(key, body) {
      notes.set(key, new TextDecoder().decode(body));
      upload(key, body);
    },
  };
}
