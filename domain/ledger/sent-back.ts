import type { LifecycleEvent } from '#contracts/events';
import type { CostFact } from '#contracts/ledger';

/**
 * Tells the facts whose pictures stand no more: useful seconds of a shot that a reviewer sent back after they were spent. Only the tier that
 * the question was about loses them: the preview of a shot that is sent back as a final was decided on, and served.
 */
export function wasSentBack(events: readonly LifecycleEvent[]): (fact: CostFact) => boolean {
  const back = events.flatMap((event) => {
    if (event.type !== 'review.decided' || event.decision.outcome !== 'rework' || !event.decision.rework) return [];
    const { subject, rework } = event.decision;
    // Shots of earlier takes are in the list as well; those of this take are what this decision is about.
    return rework.shots.filter(({ take }) => take === rework.take).map(({ shot, take }) => ({ tier: subject, shot, take }));
  });
  return ({ cause, stage, tier, shot, take = 1 }) =>
    cause === 'useful' &&
    stage === 'generate' &&
    back.some((decision) => decision.tier === tier && decision.shot === shot && take < decision.take);
}
