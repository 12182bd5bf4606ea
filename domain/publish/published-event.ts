import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import type { Job } from '#contracts/job';
import type { Publication } from '#contracts/publish';

/** The event a CMS waits for. Made from the standing publication alone, so telling it twice tells the same thing. */
export const publishedEvent = ({ jobId, tenant }: Job, publication: Publication): LifecycleEvent => ({
  type: 'job.published',
  schemaVersion: 1,
  idempotencyKey: `${jobId}:job.published`,
  sequence: sequenceOf('publish', 'concluded'),
  at: publication.publishedAt,
  tenant,
  jobId,
  publication,
});
