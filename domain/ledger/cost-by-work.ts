import type { LifecycleEvent } from '#contracts/events';
import { type CostFact, WORK_WORTHS } from '#contracts/ledger';
import { type MicroUsd, microUsd } from '#contracts/money';
import { wasSentBack } from './sent-back.ts';

export interface WorkCost {
  readonly name: (typeof WORK_WORTHS)[number];
  /** Billed seconds. */
  readonly seconds: number;
  readonly costMicroUsd: MicroUsd;
}

/**
 * What a job's time and money went to: useful, lost to a reclaim, repeated after one, failed, canceled, rendered and then sent back by a
 * reviewer. Every fact stands in one line, so the parts add up to the total.
 */
export function costByWork(facts: readonly CostFact[], events: readonly LifecycleEvent[] = []): WorkCost[] {
  const isBack = wasSentBack(events);
  const worthOf = (fact: CostFact): WorkCost['name'] => (isBack(fact) ? 'reworked' : fact.cause);
  return WORK_WORTHS.flatMap((name) => {
    const its = facts.filter((fact) => worthOf(fact) === name);
    if (its.length === 0) return [];
    const milliseconds = its.reduce((sum, { seconds }) => sum + Math.round(seconds * 1_000), 0);
    return [{ name, seconds: milliseconds / 1_000, costMicroUsd: microUsd(its.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)) }];
  });
}
