import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { openReviewStore } from '#adapters/aws/review-store';
import { openRuleStore } from '#adapters/aws/rule-store';
import { requireEnvironment } from '#contracts/environment';
import type { Now, ReviewStore, RuleStore } from '#domain/ports';
import { logger, metrics } from '../observability.ts';

interface Neighbours {
  readonly reviews: Pick<ReviewStore, 'waiting'>;
  readonly rules: Pick<RuleStore, 'all'>;
  readonly now: Now;
}

const fromEnvironment = (): Neighbours => {
  const { FRAMEWRIGHT_TABLE: table } = requireEnvironment(process.env, ['FRAMEWRIGHT_TABLE']);
  return { reviews: openReviewStore({ table }), rules: openRuleStore({ table }), now: () => new Date() };
};

interface Measured {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly audits: number;
  readonly suspendedRules: number;
}

/**
 * Says every few minutes how many questions wait, how long the oldest has waited, and how many rules are suspended, so that alarms can be
 * raised on it. Audits are counted apart: no machine waits for them.
 */
export function measureQueue(open: () => Neighbours) {
  let neighbours: Neighbours | undefined;

  return async (): Promise<Measured> => {
    neighbours ??= open();
    const [items, rules] = await Promise.all([neighbours.reviews.waiting(), neighbours.rules.all()]);
    const decisions = items.filter(({ kind }) => kind === 'decision');
    const now = neighbours.now().getTime();
    const measured: Measured = {
      waiting: decisions.length,
      oldestSeconds: decisions.reduce((oldest, { requestedAt }) => Math.max(oldest, (now - Date.parse(requestedAt)) / 1000), 0),
      audits: items.length - decisions.length,
      suspendedRules: rules.filter(({ suspended }) => suspended !== undefined).length,
    };
    metrics.addMetric('WaitingReviews', MetricUnit.Count, measured.waiting);
    metrics.addMetric('OldestReviewSeconds', MetricUnit.Seconds, measured.oldestSeconds);
    metrics.addMetric('WaitingAudits', MetricUnit.Count, measured.audits);
    metrics.addMetric('SuspendedRules', MetricUnit.Count, measured.suspendedRules);
    logger.info('review queue measured', { ...measured });
    metrics.publishStoredMetrics();
    return measured;
  };
}

export const handler = measureQueue(fromEnvironment);
