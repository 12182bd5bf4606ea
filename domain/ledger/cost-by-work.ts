import { COST_CAUSES, type CostFact } from '#contracts/ledger';
import { type MicroUsd, microUsd } from '#contracts/money';

export interface WorkCost {
  readonly name: CostFact['cause'];
  /** Billed seconds. */
  readonly seconds: number;
  readonly costMicroUsd: MicroUsd;
}

/** What a job's time and money went to: useful, lost to a reclaim, repeated after one, failed, canceled. The parts add up to the total. */
export function costByWork(facts: readonly CostFact[]): WorkCost[] {
  return COST_CAUSES.flatMap((name) => {
    const its = facts.filter(({ cause }) => cause === name);
    if (its.length === 0) return [];
    const milliseconds = its.reduce((sum, { seconds }) => sum + Math.round(seconds * 1_000), 0);
    return [{ name, seconds: milliseconds / 1_000, costMicroUsd: microUsd(its.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)) }];
  });
}
