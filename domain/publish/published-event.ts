import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import type { Job } from '#contracts/job';
import type { Publication } from '#contracts/publish';

/** The event a CMS waits for. Made from the standing publication and the take that it shows alone, so telling it twice tells the same thing. */
export const publishedEvent = ({ jobId, tenant }: Job, publication: Publication, take: number): LifecycleEvent => ({
  type: 'job.published',
  schemaVersion: 1,
  idempotencyKey: `${jobId}:job.published`,
  sequence: sequenceOf('publish', 'concluded', { take }),
  at: publication.publishedAt,
  tenant,
  jobId,
  publication,
});
