import type { AttemptWork } from '#contracts/events';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import { factId } from './fact-id.ts';

/** Only what came out of these attempts stands in part; a canceled job leaves nothing that anybody uses. */
const DIVISIBLE: readonly CostFact['cause'][] = ['useful', 'reclaimed', 'failed'];

/**
 * Divides what an attempt cost by what its worker says the time was worth: useful, repeated, and the rest, which has the attempt's own cause and
 * comes last. The parts add up to the attempt, to the micro-dollar and the millisecond. `standing` are facts that were charged before: a fact
 * stands as it was first told, and when the rest stands nothing more is charged.
 */
export function attemptParts(
  attempt: CostFact,
  { batchJobId, number }: { readonly batchJobId: string; readonly number: number },
  work: Pick<AttemptWork, 'usefulMs' | 'repeatedMs'> | undefined,
  standing: readonly CostFact[],
): CostFact[] {
  const found = (id: string): CostFact | undefined => standing.find((fact) => fact.factId === id);
  const idOf = (cause: CostFact['cause']): string => factId('batch', batchJobId, `${number}:${cause}`);
  const isDivisible = DIVISIBLE.includes(attempt.cause);
  const { usefulMs, repeatedMs } = work && isDivisible ? work : { usefulMs: 0, repeatedMs: 0 };

  const rest = found(attempt.factId);
  const totalMs = Math.round(attempt.seconds * 1_000);
  let leftMs = totalMs;
  let leftMicroUsd: number = attempt.costMicroUsd;
  const worth = [
    // In an attempt that ended well, what was not done before is useful anyway.
    ...(attempt.cause === 'useful' ? [] : [['useful', usefulMs] as const]),
    ['repeated', repeatedMs] as const,
  ];
  const parts = worth.flatMap(([cause, saidMs]): CostFact[] => {
    const ms = Math.min(saidMs, leftMs);
    const costMicroUsd = totalMs === 0 ? 0 : Math.min(Math.round((attempt.costMicroUsd * ms) / totalMs), leftMicroUsd);
    const before = found(idOf(cause));
    if (!before && (rest || ms === 0)) return [];
    const part = before ?? { ...attempt, factId: idOf(cause), cause, seconds: ms / 1_000, costMicroUsd: microUsd(costMicroUsd) };
    leftMs -= Math.round(part.seconds * 1_000);
    leftMicroUsd -= part.costMicroUsd;
    return [part];
  });
  return [...parts, rest ?? { ...attempt, seconds: leftMs / 1_000, costMicroUsd: microUsd(leftMicroUsd) }];
}
