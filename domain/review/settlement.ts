import type { ReviewDecision, ReviewItem } from '#contracts/review';

export type Settlement = { readonly result: 'decided' | 'already-decided' | 'expired'; readonly item: ReviewItem };

/**
 * What a decision does to an item. The first decision in time stands, whatever comes after it. A decision after the deadline decides
 * nothing: the machine has stopped waiting, and the item says so. `requestedAt` is the item's: a decision answers that question.
 */
export function settlement(item: ReviewItem, decision: ReviewDecision): Settlement {
  if (item.status === 'expired') return { result: 'expired', item };
  if (item.status !== 'waiting') return { result: 'already-decided', item };
  if (Date.parse(decision.decidedAt) >= Date.parse(item.deadlineAt)) return { result: 'expired', item: { ...item, status: 'expired' } };
  return { result: 'decided', item: { ...item, status: decision.outcome, decision: { ...decision, requestedAt: item.requestedAt } } };
}
