import { keys } from '#contracts/keys';
import type { CostArchive } from '#domain/ports';

/** Writes lines under a key, in place of what is there. */
export type PutLines = (key: string, ...lines: readonly unknown[]) => Promise<void>;

/** The archive over anything that keeps lines. A key is made of the fact's own id, so a fact that is kept again takes its own place. */
export const lineArchive = (put: PutLines): CostArchive => ({
  keep: (fact) => put(keys.costFact(fact.day, fact.tenant, fact.factId), fact),
  keepPublished: (clip) => put(keys.publishedClip(clip.day, clip.tenant, clip.jobId), clip),
  keepReworked(shots) {
    const [{ day, tenant, jobId, tier, take }] = shots;
    return put(keys.reworkedShots(day, tenant, jobId, tier, take), ...shots);
  },
  keepAnswered: (answer) => put(keys.answeredQuestion(answer.day, answer.tenant, answer.jobId, answer.subject, answer.round), answer),
  keepStopped: (job) => put(keys.stoppedJob(job.day, job.tenant, job.jobId), job),
});
