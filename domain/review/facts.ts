import type { LifecycleEvent } from '#contracts/events';
import { sequenceOf } from '#contracts/events';
import type { ReviewDecision, ReviewItem } from '#contracts/review';

/** What review tells the bus. A question and its answer are told once each, however often they are asked or given. */
const base = (item: ReviewItem, kind: 'requested' | 'decided', at: string) => ({
  schemaVersion: 1 as const,
  idempotencyKey: `${item.jobId}:review.${kind}:${item.subject}`,
  sequence: sequenceOf(`review:${item.subject}`, kind),
  at,
  tenant: item.tenant,
  jobId: item.jobId,
});

export const requested = (item: ReviewItem): LifecycleEvent => ({
  ...base(item, 'requested', item.requestedAt),
  type: 'review.requested',
  subject: item.subject,
  deadlineAt: item.deadlineAt,
  reasons: item.reasons,
});

export const decided = (item: ReviewItem, decision: ReviewDecision): LifecycleEvent => ({
  ...base(item, 'decided', decision.decidedAt),
  type: 'review.decided',
  decision,
});
