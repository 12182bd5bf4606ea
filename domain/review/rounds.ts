import type { PipelineMessage, ReviewItem } from '#contracts/review';
import { unclaimed } from './claims.ts';

/** A question as it is asked now, before anything is known of earlier rounds. */
export type Asked = Omit<ReviewItem, 'round' | 'earlier' | 'claim' | 'firstApproval' | 'escalatedAt' | 'decision' | 'closed'>;

/**
 * The round in which a question is asked, given how it stands. It is the next one exactly when the standing answer was to send back and the
 * message follows that: a state that is merely retried has not followed anything, and hears the standing answer.
 */
export function roundToAsk(standing: ReviewItem | undefined, message: Pick<PipelineMessage, 'rework'>): number {
  if (!standing) return 1;
  return wasFollowed(standing, message) ? standing.round + 1 : standing.round;
}

/**
 * What asking does to a row; `undefined` when the standing answer is the answer. A question that waits keeps its age, its claim and its
 * first approval; one that nobody answered in time, and that is asked again all the same, waits anew.
 */
export function askedAgain(
  standing: ReviewItem | undefined,
  asked: Asked,
  round: number,
  message: Pick<PipelineMessage, 'rework'>,
): ReviewItem | undefined {
  if (!standing) return { ...asked, round, earlier: [] };
  if (wasFollowed(standing, message)) {
    const earlier = standing.decision ? [...standing.earlier, standing.decision] : standing.earlier;
    return { ...asked, round: standing.round + 1, earlier };
  }
  if (standing.status === 'waiting') return { ...standing, ...asked, requestedAt: standing.requestedAt };
  if (standing.status !== 'expired') return undefined;
  const { closed: _, escalatedAt: __, ...kept } = unclaimed(standing);
  return { ...kept, ...asked };
}

function wasFollowed({ status, decision }: ReviewItem, { rework }: Pick<PipelineMessage, 'rework'>): boolean {
  return status === 'rework' && decision?.rework !== undefined && rework !== undefined && rework.take >= decision.rework.take;
}
