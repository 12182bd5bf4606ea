import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { openReviewStore } from '#adapters/aws/review-store';
import { requireEnvironment } from '#contracts/environment';
import type { Now, ReviewStore } from '#domain/ports';
import { logger, metrics } from '../observability.ts';

interface Neighbours {
  readonly reviews: Pick<ReviewStore, 'waiting'>;
  readonly now: Now;
}

const fromEnvironment = (): Neighbours => ({
  reviews: openReviewStore({ table: requireEnvironment(process.env, ['FRAMEWRIGHT_TABLE']).FRAMEWRIGHT_TABLE }),
  now: () => new Date(),
});

/** Says every few minutes how many questions wait and how long the oldest has waited, so that an alarm can be raised on it. */
export function measureQueue(open: () => Neighbours) {
  let neighbours: Neighbours | undefined;

  return async (): Promise<{ waiting: number; oldestSeconds: number }> => {
    neighbours ??= open();
    const waiting = await neighbours.reviews.waiting();
    const now = neighbours.now().getTime();
    const oldestSeconds = waiting.reduce((oldest, { requestedAt }) => Math.max(oldest, (now - Date.parse(requestedAt)) / 1000), 0);
    metrics.addMetric('WaitingReviews', MetricUnit.Count, waiting.length);
    metrics.addMetric('OldestReviewSeconds', MetricUnit.Seconds, oldestSeconds);
    logger.info('review queue measured', { waiting: waiting.length, oldestSeconds });
    metrics.publishStoredMetrics();
    return { waiting: waiting.length, oldestSeconds };
  };
}

export const handler = measureQueue(fromEnvironment);
