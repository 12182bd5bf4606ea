import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SafetyVerdict } from '#contracts/verdict';
import { metrics } from '../observability.ts';

/** Counts verdicts and those in which something was not looked at: their share says whether the ensemble works. */
export function tellVerdict({ reasons }: SafetyVerdict): void {
  metrics.addMetric('SafetyVerdicts', MetricUnit.Count, 1);
  metrics.addMetric('UncheckedVerdicts', MetricUnit.Count, reasons.some(({ category }) => category === 'unchecked') ? 1 : 0);
}
