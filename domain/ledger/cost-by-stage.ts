import type { CostFact } from '#contracts/ledger';
import { type MicroUsd, microUsd } from '#contracts/money';
import { STAGES, type Stage } from '#contracts/stages';

export interface StageCost {
  readonly name: Stage;
  /** Billed seconds. */
  readonly seconds: number;
  readonly costMicroUsd: MicroUsd;
}

/** Milliseconds are the finest that anything is billed by; sums are kept as clean. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** A job's cost by stage, in the order of the river; stages that cost nothing are left out. The parts add up to the job's total. */
export function costByStage(facts: readonly CostFact[]): StageCost[] {
  return STAGES.flatMap((name) => {
    const ofStage = facts.filter(({ stage }) => stage === name);
    if (ofStage.length === 0) return [];
    return [
      {
        name,
        seconds: toMilliseconds(ofStage.reduce((sum, { seconds }) => sum + seconds, 0)),
        costMicroUsd: microUsd(ofStage.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)),
      },
    ];
  });
}
