import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { LifecycleEvent } from '#contracts/events';
import { secondsToPreview } from '#domain/ledger/answered-question';
import { stoppedJob } from '#domain/ledger/stopped-job';
import type { LedgerStore } from '#domain/ports';
import { metrics } from '../observability.ts';

/**
 * Counts what the ledger did not know before, so a copy counts nothing: what was charged, in micro-dollars (the alarm on a day's spend adds it
 * up), what GPUs need not do, and how long a preview took.
 */
export const withLedgerMetrics = (ledger: LedgerStore): LedgerStore => ({
  ...ledger,
  async addCost(fact) {
    const isNew = await ledger.addCost(fact);
    if (isNew) metrics.addMetric('SpendMicroUsd', MetricUnit.Count, fact.costMicroUsd);
    return isNew;
  },
  async addEvent(event) {
    const isNew = await ledger.addEvent(event);
    if (isNew) measure(event);
    return isNew;
  },
});

function measure(event: LifecycleEvent): void {
  const stopped = stoppedJob(event);
  if (stopped) metrics.addMetric('GpuCostAvoidedMicroUsd', MetricUnit.Count, stopped.gpuCostAvoidedMicroUsd);
  const seconds = secondsToPreview(event);
  if (seconds !== undefined) metrics.addMetric('TimeToPreviewSeconds', MetricUnit.Seconds, seconds);
}
