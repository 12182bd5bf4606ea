import { createHash } from 'node:crypto';
import { UploadClaim } from '#contracts/intake';
import type { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import type { ArtifactStore } from '#domain/ports';

/**
 * How long the same upload counts as the same wish, in seconds. Clients repeat an upload whose answer was lost within their own
 * timeouts, at most a few minutes; a person who wants the same brief rendered once more waits, or changes a letter.
 */
export const REPEAT_SECONDS = 600;

/** What makes two uploads the same: where the brief lies, its bytes, and the bytes of its assets as S3 tags them. */
export function uploadDigest(briefBytes: Uint8Array, { source, assets }: Pick<AcceptedBrief, 'source' | 'assets'>): string {
  const tags = Object.entries(assets)
    .map(([name, { etag, versionId }]) => `${name}\0${etag ?? versionId}`)
    .sort();
  const hash = createHash('sha256');
  for (const part of [source.key, createHash('sha256').update(briefBytes).digest('hex'), ...tags]) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 32); // 128 bits: no two wishes of one tenant meet by chance
}

interface Wish {
  readonly tenant: string;
  readonly digest: string;
  readonly jobId: string;
  readonly uploadedAt: string;
}

/**
 * The job that renders this upload: the caller's own, or the one that claimed the same upload within `REPEAT_SECONDS`.
 * Claims are created once and never changed, so any number of callers at the same moment agree.
 */
export async function claimUpload(artifacts: ArtifactStore, { tenant, digest, jobId, uploadedAt }: Wish): Promise<string> {
  const mine: UploadClaim = { schema: 'framewright/upload-claim/v1', jobId, uploadedAt };
  for (let round = 0; ; round++) {
    const key = keys.uploadClaim(tenant, digest, round);
    if (await artifacts.create(key, new TextEncoder().encode(JSON.stringify(mine)), 'application/json')) return jobId;
    const found = await artifacts.find(key);
    if (!found) throw new Error(`${key}: expected the claim that was just there, found nothing; is the bucket being emptied?`);
    const standing = UploadClaim.parse(JSON.parse(new TextDecoder().decode(found.body)));
    const apart = Math.abs(Date.parse(uploadedAt) - Date.parse(standing.uploadedAt)) / 1000;
    if (standing.jobId === jobId || apart < REPEAT_SECONDS) return standing.jobId;
  }
}
