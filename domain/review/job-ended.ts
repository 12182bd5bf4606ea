import type { ExecutionStatusChange } from '#contracts/events';
import { JobId, tenantOfJob } from '#contracts/identity';
import type { ReviewItem } from '#contracts/review';
import type { ReviewStore } from '#domain/ports';
import { closed } from './settlement.ts';

/** Why nobody has to answer any more, by how the execution ended; nothing for one that goes on. */
const BECAUSE: Readonly<Partial<Record<ExecutionStatusChange['status'], string>>> = {
  SUCCEEDED: 'the job ended without waiting for an answer',
  FAILED: 'the job failed',
  TIMED_OUT: 'the job ran out of time',
  ABORTED: 'the job was canceled',
};

/**
 * Closes what a job that ended still asks. Audits stay: they look back. A question that was asked after this end belongs to a job that was
 * taken up again. Doing it twice changes nothing.
 */
export async function closeQuestions(
  { name, status, stopDate }: ExecutionStatusChange,
  heardAt: string,
  reviews: ReviewStore,
): Promise<ReviewItem[]> {
  const because = BECAUSE[status];
  if (because === undefined || !JobId.safeParse(name).success) return [];
  const at = stopDate ? new Date(stopDate).toISOString() : heardAt;
  const items = await reviews.find(tenantOfJob(name), name);
  const done: ReviewItem[] = [];
  for (const { jobId, subject } of items.filter(({ kind }) => kind === 'decision')) {
    const seen: { closed?: ReviewItem | undefined } = {};
    await reviews.change({ jobId, subject, kind: 'decision' }, (item) => {
      seen.closed = item?.status === 'waiting' && item.requestedAt <= at ? closed(item, at, because) : undefined;
      return seen.closed;
    });
    if (seen.closed) done.push(seen.closed);
  }
  return done;
}
