import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { LedgerStore } from '#domain/ports';
import { metrics } from '../observability.ts';

/** Counts what was newly charged, in micro-dollars: the alarm on a day's spend adds it up. A fact that was there before counts nothing. */
export const withSpendMetric = (ledger: LedgerStore): LedgerStore => ({
  ...ledger,
  async addCost(fact) {
    const isNew = await ledger.addCost(fact);
    if (isNew) metrics.addMetric('SpendMicroUsd', MetricUnit.Count, fact.costMicroUsd);
    return isNew;
  },
});
