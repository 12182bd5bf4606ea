import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { DecideOutput } from '#contracts/review';
import { metrics } from '../observability.ts';

/** What an answer says about the review room; every door that decides calls it. Only the answer that settled a question is measured. */
export function measureAnswer({ result, item }: DecideOutput): void {
  metrics.addMetric('ReviewsAnswered', MetricUnit.Count, 1);
  if (result !== 'decided' || !item?.decision) return;
  const { outcome, requestedAt, decidedAt } = item.decision;
  if (item.kind === 'audit') {
    metrics.addMetric('AuditsAnswered', MetricUnit.Count, 1);
    metrics.addMetric('AuditMisses', MetricUnit.Count, outcome === 'approved' ? 0 : 1);
    return;
  }
  metrics.addMetric('ReviewDecisionSeconds', MetricUnit.Seconds, (Date.parse(decidedAt) - Date.parse(requestedAt)) / 1000);
  metrics.addMetric('ReviewsSentBack', MetricUnit.Count, outcome === 'rework' ? 1 : 0);
}
