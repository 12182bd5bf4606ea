import { openReviewStore } from '#adapters/aws/review-store';
import { requireEnvironment } from '#contracts/environment';
import { EventEnvelope, ExecutionStatusChange } from '#contracts/events';
import type { ReviewStore } from '#domain/ports';
import { closeQuestions } from '#domain/review/job-ended';
import { logger } from '../observability.ts';
import { parse } from '../parse.ts';

const fromEnvironment = (): ReviewStore =>
  openReviewStore({ table: requireEnvironment(process.env, ['FRAMEWRIGHT_TABLE']).FRAMEWRIGHT_TABLE });

/** Hears that a job's execution ended, and closes what it still asks: nobody should work on a question that decides nothing. */
export function closeEnded(open: () => ReviewStore) {
  let reviews: ReviewStore | undefined;

  return async (event: unknown): Promise<{ closed: number }> => {
    const envelope = parse(EventEnvelope, event, 'review.close-questions input');
    const change = parse(ExecutionStatusChange, envelope.detail, 'execution status change');
    reviews ??= open();
    const closed = await closeQuestions(change, new Date(envelope.time).toISOString(), reviews);
    for (const { jobId, subject, closed: why } of closed) logger.info('review closed', { jobId, subject, because: why?.because });
    return { closed: closed.length };
  };
}

export const handler = closeEnded(fromEnvironment);
