import { createHash } from 'node:crypto';
import type { ArtifactRef } from '#contracts/artifact';
import { keys } from '#contracts/keys';
import { ReviewDossier, type ReviewRequest } from '#contracts/review';
import type { ArtifactStore } from '#domain/ports';

/** Keeps what the question is about beside the job. The same question is the same object, so a retry writes nothing new. */
export async function keepDossier(
  { subject, message }: Pick<ReviewRequest, 'subject' | 'message'>,
  round: number,
  artifacts: Pick<ArtifactStore, 'put'>,
): Promise<ArtifactRef> {
  const dossier: ReviewDossier = { schema: 'framewright/review-dossier/v1', subject, round, message };
  const bytes = new TextEncoder().encode(JSON.stringify(dossier));
  const digest = createHash('sha256').update(bytes).digest('hex');
  const { tenant, jobId } = message.job;
  return artifacts.put(keys.reviewDossier(tenant, jobId, subject, round, digest), bytes, 'application/json');
}

export async function readDossier(ref: ArtifactRef, artifacts: Pick<ArtifactStore, 'get'>): Promise<ReviewDossier> {
  return ReviewDossier.parse(JSON.parse(new TextDecoder().decode(await artifacts.get(ref))));
}
