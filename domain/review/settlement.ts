import type { DecideInput, DecideOutput, ReviewItem, RuleEvidence, Together } from '#contracts/review';
import { MAX_ROUNDS, type Rework } from '#contracts/rework';
import { heldByAnother, isOpen, samePerson, unclaimed } from './claims.ts';

/** What somebody answers, at what moment. */
export interface Answer extends Pick<DecideInput, 'outcome' | 'reviewer' | 'reason' | 'notes' | 'round'> {
  readonly at: Date;
  /** For a rule's approval: what stands behind it. */
  readonly evidence?: RuleEvidence | undefined;
  /** For a person's approval of several: what was seen side by side. */
  readonly together?: Together | undefined;
  /** For `rework`: what the notes come to, and the round they were written about. */
  readonly followed?: { readonly round: number; readonly plan: { readonly rework: Rework } | { readonly problem: string } } | undefined;
}

export interface Judgement {
  readonly result: Exclude<DecideOutput['result'], 'not-found'>;
  /** The item as it stands after the answer; the very same item when the answer changed nothing. */
  readonly item: ReviewItem;
  readonly problem?: string;
}

/** Longest reason a decision keeps (contracts/review.ts): two people's words share it. */
const MAX_REASON = 1_000;

/**
 * What an answer does to an item. The first decision of a round stands, whatever comes after it. An answer after the deadline decides
 * nothing: the machine has stopped waiting, and the item says so. Where two have to approve, the first approval is kept and the claim
 * given back, and only another person's approval decides; one person is always enough to refuse or to send back.
 */
export function settlement(item: ReviewItem, answer: Answer): Judgement {
  const { outcome, reviewer, at } = answer;
  if (answer.round !== undefined && answer.round !== item.round) return { result: 'stale', item };
  if (item.status === 'expired') return { result: 'expired', item };
  if (item.status !== 'waiting') return { result: 'already-decided', item };
  if (!isOpen(item, at)) return { result: 'expired', item: closed(item, item.deadlineAt, 'nobody decided before the deadline') };
  if (heldByAnother(item, reviewer, at)) return { result: 'claimed', item };

  if (outcome === 'rework') return sentBack(item, answer);
  if (outcome === 'approved' && item.needsSecond) return approvedByOneOfTwo(item, answer);
  return decided(item, answer);
}

/** A row that nobody can answer any more. */
export function closed(item: ReviewItem, at: string, because: string): ReviewItem {
  return { ...unclaimed(item), status: 'expired', closed: { at, because } };
}

/** When the item left the queue; the deadline for rows of before this was kept. */
export const settledAt = (item: ReviewItem): string => item.decision?.decidedAt ?? item.closed?.at ?? item.deadlineAt;

function sentBack(item: ReviewItem, answer: Answer): Judgement {
  const problem = whyNotRework(item);
  if (problem !== undefined) return { result: 'refused', item, problem };
  const { followed } = answer;
  if (!followed || followed.round !== item.round) return { result: 'stale', item };
  if ('problem' in followed.plan) return { result: 'refused', item, problem: followed.plan.problem };
  const { rework } = followed.plan;
  return decided(item, answer, { notes: answer.notes, rework });
}

/** Why this question cannot be answered with `rework`, whatever the notes say. */
export function whyNotRework({ subject, kind, round }: Pick<ReviewItem, 'subject' | 'kind' | 'round'>): string | undefined {
  if (kind === 'audit')
    return 'expected approved or rejected for an audit, found rework: the clip has gone on, so nothing can be sent back';
  if (subject === 'brief') return 'expected approved or rejected for a brief, found rework: nothing is rendered yet, send another brief';
  if (round >= MAX_ROUNDS) return `expected approved or rejected in round ${round}, found rework: this is the last of ${MAX_ROUNDS} rounds`;
  return undefined;
}

function approvedByOneOfTwo(item: ReviewItem, answer: Answer): Judgement {
  const { reviewer, reason, at } = answer;
  const first = item.firstApproval;
  if (!first)
    return {
      result: 'second-needed',
      item: { ...unclaimed(item), firstApproval: { reviewer, at: at.toISOString(), reason } },
    };
  if (samePerson(first.reviewer, reviewer)) return { result: 'second-needed', item };
  const words = [first.reason, reason].filter((one) => one !== '').join(' / ');
  const both = { ...answer, reviewer: first.reviewer, reason: words.slice(0, MAX_REASON) };
  return decided(item, both, { secondReviewer: reviewer });
}

type More = Pick<NonNullable<ReviewItem['decision']>, 'secondReviewer' | 'notes' | 'rework'>;

/** `requestedAt` is the item's: a decision answers that question. */
function decided(item: ReviewItem, { outcome, reviewer, reason, at, evidence, together }: Answer, more: More = {}): Judgement {
  const { subject, requestedAt, round } = item;
  // Rounds are counted from the second on: the first decision of a job reads as it always has.
  const counted = round > 1 ? { round } : {};
  const decision = {
    subject,
    outcome,
    reviewer,
    ...more,
    reason,
    requestedAt,
    decidedAt: at.toISOString(),
    ...counted,
    ...(evidence && { evidence }),
    ...(together && { together }),
  };
  return { result: 'decided', item: { ...unclaimed(item), status: outcome, decision } };
}
