import { createHash } from 'node:crypto';

/**
 * A 32-bit seed from what it is for. The tier is not part of it, so the preview and the final draw the same picture. A later take draws
 * another; the first is not said, so that a shot that nobody sent back has the seed that it always had.
 */
export function seedOf(jobId: string, place: readonly number[], take = 1): number {
  return createHash('sha256')
    .update(JSON.stringify([jobId, ...place, ...(take > 1 ? [`take ${take}`] : [])]))
    .digest()
    .readUInt32BE(0);
}
