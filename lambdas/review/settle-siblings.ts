import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type * as z from 'zod';
import { EVENT_SOURCE, EventEnvelope, ReviewDecided } from '#contracts/events';
import type { ReviewItem } from '#contracts/review';
import { isRule } from '#domain/review/auto-approval';
import type { ReviewNeighbours } from '#domain/review/decide';
import { settleSiblings } from '#domain/review/siblings';
import { logger, metrics } from '../observability.ts';
import { parse } from '../parse.ts';
import { openReview } from './open-review.ts';

/**
 * Settles what waits in a campaign once people have approved enough of its like: when a person's approval of a preview is told on the bus, and every
 * few minutes for all campaigns, since an event may be lost and a claim may have ended meanwhile.
 */
export function settleWaiting(open: () => ReviewNeighbours) {
  let neighbours: ReviewNeighbours | undefined;

  return async (event: unknown): Promise<{ settled: number }> => {
    const envelope = parse(EventEnvelope, event, 'review.settle-siblings input');
    neighbours ??= open();
    const within =
      envelope.source === EVENT_SOURCE ? await campaignOf(parse(ReviewDecided, envelope.detail, 'review.decided'), neighbours) : 'all';
    if (!within) return { settled: 0 };
    const settled = await settleSiblings(neighbours, within === 'all' ? undefined : within);
    for (const { jobId, campaign, decision } of settled)
      logger.info('review settled by precedent', {
        jobId,
        campaign,
        reviewer: decision?.reviewer,
        precedents: decision?.evidence?.precedents,
      });
    metrics.addMetric('SiblingsSettled', MetricUnit.Count, settled.length);
    metrics.publishStoredMetrics();
    return { settled: settled.length };
  };
}

/** The campaign that a person's approval of a preview was about; `undefined` for whatever else was decided. */
async function campaignOf(
  { tenant, jobId, decision }: Pick<z.infer<typeof ReviewDecided>, 'tenant' | 'jobId' | 'decision'>,
  { reviews }: Pick<ReviewNeighbours, 'reviews'>,
): Promise<Pick<ReviewItem, 'tenant' | 'campaign'> | undefined> {
  if (decision.subject !== 'preview' || decision.outcome !== 'approved' || isRule(decision.reviewer)) return undefined;
  return (await reviews.find(tenant, jobId)).find(({ subject, kind }) => subject === 'preview' && kind === 'decision');
}

export const handler = settleWaiting(() => openReview(process.env));
