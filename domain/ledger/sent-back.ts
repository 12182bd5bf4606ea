import type { LifecycleEvent } from '#contracts/events';
import type { CostFact, ReworkedShot } from '#contracts/ledger';

/**
 * The shots that a decision sent back, one line each; empty for all other events. Shots that were sent back before are in the rework as well:
 * those of its own take are what this decision is about.
 */
export function reworkedShots(event: LifecycleEvent): ReworkedShot[] {
  if (event.type !== 'review.decided') return [];
  const { subject, rework, decidedAt } = event.decision;
  if (!rework || subject === 'brief') return [];
  const { jobId, tenant } = event;
  return rework.shots
    .filter(({ take }) => take === rework.take)
    .map(({ shot, take }) => ({ jobId, tenant, tier: subject, shot, take, day: decidedAt.slice(0, 10) }));
}

/**
 * Tells the facts whose pictures stand no more: useful seconds of a shot that a reviewer sent back after they were spent. Only the tier that
 * the question was about loses them: the preview of a shot that is sent back as a final was decided on, and served.
 */
export function wasSentBack(events: readonly LifecycleEvent[]): (fact: CostFact) => boolean {
  const back = events.flatMap(reworkedShots);
  return ({ cause, stage, tier, shot, take = 1 }) =>
    cause === 'useful' && stage === 'generate' && back.some((line) => line.tier === tier && line.shot === shot && take < line.take);
}
