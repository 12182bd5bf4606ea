import { createHash } from 'node:crypto';

/** A 32-bit seed from what it is for. The tier is not part of it, so the preview and the final draw the same picture. */
export function seedOf(jobId: string, ...place: readonly (string | number)[]): number {
  return createHash('sha256')
    .update(JSON.stringify([jobId, ...place]))
    .digest()
    .readUInt32BE(0);
}
