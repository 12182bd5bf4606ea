import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { DecideOutput } from '#contracts/review';
import type { ClipResult } from '#domain/review/sheet';
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
  if (outcome !== 'rework') metrics.addMetric('ReworkRounds', MetricUnit.Count, item.round - 1); // the average is rounds a question
}

/** One look at several clips: an answer for each, one sheet, and how many of its clips were left out. */
export function measureSheet(results: readonly ClipResult[]): void {
  for (const { result, item } of results) if (result !== 'left-out') measureAnswer({ result, ...(item && { item }) });
  metrics.addMetric('SheetsAnswered', MetricUnit.Count, 1);
  metrics.addMetric('ClipsOnSheets', MetricUnit.Count, results.length);
  metrics.addMetric('ClipsLeftOut', MetricUnit.Count, results.filter(({ result }) => result === 'left-out').length);
}
