import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openReviewStore } from '#adapters/aws/review-store';
import { requireEnvironment } from '#contracts/environment';
import type { EventPublisher, Now, ReviewStore } from '#domain/ports';
import { tendQueue } from '#domain/review/escalation';
import { logger, metrics } from '../observability.ts';

interface Neighbours {
  readonly reviews: ReviewStore;
  readonly publisher: EventPublisher;
  readonly now: Now;
}

const fromEnvironment = (): Neighbours => {
  const { FRAMEWRIGHT_TABLE, FRAMEWRIGHT_BUS } = requireEnvironment(process.env, ['FRAMEWRIGHT_TABLE', 'FRAMEWRIGHT_BUS']);
  return {
    reviews: openReviewStore({ table: FRAMEWRIGHT_TABLE }),
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    now: () => new Date(),
  };
};

/** Looks after the queue every few minutes: leads hear of what is nearly late, and what is late leaves. */
export function escalateQueue(open: () => Neighbours) {
  let neighbours: Neighbours | undefined;

  return async (): Promise<{ escalated: number; expired: number }> => {
    neighbours ??= open();
    const { escalated, expired } = await tendQueue(neighbours);
    for (const { jobId, subject, kind, deadlineAt } of escalated)
      logger.warn('review near its deadline', { jobId, subject, kind, deadlineAt });
    for (const { jobId, subject, kind, deadlineAt } of expired) logger.warn('review expired', { jobId, subject, kind, deadlineAt });
    const decisions = expired.filter(({ kind }) => kind === 'decision').length;
    metrics.addMetric('ReviewsEscalated', MetricUnit.Count, escalated.filter(({ kind }) => kind === 'decision').length);
    metrics.addMetric('ReviewsExpired', MetricUnit.Count, decisions);
    metrics.addMetric('AuditsExpired', MetricUnit.Count, expired.length - decisions);
    metrics.publishStoredMetrics();
    return { escalated: escalated.length, expired: expired.length };
  };
}

export const handler = escalateQueue(fromEnvironment);
