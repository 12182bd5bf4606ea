import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import type { ReviewClaim, ReviewDecision, ReviewItem } from '#contracts/review';

type Kind = 'requested' | 'claimed' | 'released' | 'escalated' | 'decided' | 'sampled' | 'audited' | 'suspended';

/** What review tells the bus. A question and its answer are told once a round, however often they are asked or given. */
const base = (item: ReviewItem, kind: Kind, at: string) => ({
  schemaVersion: 1 as const,
  idempotencyKey: `${item.jobId}:review.${kind}:${item.subject}${item.kind === 'audit' ? ':audit' : ''}${item.round > 1 ? `:${item.round}` : ''}`,
  sequence: sequenceOf(`review:${item.subject}`, kind, { take: item.take ?? 1 }),
  at,
  tenant: item.tenant,
  jobId: item.jobId,
});
const round = (item: ReviewItem) => (item.round > 1 ? { round: item.round } : {});
const about = ({ campaign, template, acceptedAt }: ReviewItem) =>
  acceptedAt === undefined ? {} : { about: { campaign, template, acceptedAt } };
const question = (item: ReviewItem) => ({ subject: item.subject, kind: item.kind, ...round(item) });

export const requested = (item: ReviewItem): LifecycleEvent => ({
  ...base(item, 'requested', item.requestedAt),
  type: 'review.requested',
  subject: item.subject,
  deadlineAt: item.deadlineAt,
  reasons: item.reasons,
  ...round(item),
  ...about(item),
});

/** Keys hold the moment the claim began: a question may be claimed many times a round, and a renewed claim is the same one. */
const claimKey = (item: ReviewItem, kind: 'claimed' | 'released', claim: ReviewClaim, at: string) => {
  const known = base(item, kind, at);
  return { ...known, idempotencyKey: `${known.idempotencyKey}:${claim.at}` };
};

export const claimed = (item: ReviewItem, claim: ReviewClaim): LifecycleEvent => ({
  ...claimKey(item, 'claimed', claim, claim.at),
  type: 'review.claimed',
  ...question(item),
  reviewer: claim.reviewer,
  until: claim.until,
});

export const released = (
  item: ReviewItem,
  claim: ReviewClaim,
  because: 'given-back' | 'taken-away' | 'ran-out',
  at: string,
): LifecycleEvent => ({
  ...claimKey(item, 'released', claim, at),
  type: 'review.released',
  ...question(item),
  reviewer: claim.reviewer,
  because,
});

export const decided = (item: ReviewItem, decision: ReviewDecision): LifecycleEvent => ({
  ...base(item, 'decided', decision.decidedAt),
  type: 'review.decided',
  decision,
  ...about(item),
});

export const escalated = (item: ReviewItem, at: string): LifecycleEvent => ({
  ...base(item, 'escalated', at),
  type: 'review.escalated',
  ...question(item),
  deadlineAt: item.deadlineAt,
});

export const sampled = (audit: ReviewItem, rule: string): LifecycleEvent => ({
  ...base(audit, 'sampled', audit.requestedAt),
  type: 'review.sampled',
  ...question(audit),
  rule,
  deadlineAt: audit.deadlineAt,
});

export const audited = (audit: ReviewItem, rule: string, decision: ReviewDecision): LifecycleEvent => ({
  ...base(audit, 'audited', decision.decidedAt),
  type: 'review.audited',
  ...question(audit),
  rule,
  agreed: decision.outcome === 'approved',
  reviewer: decision.reviewer,
  reason: decision.reason,
});

export const suspended = (audit: ReviewItem, rule: string, decision: ReviewDecision): LifecycleEvent => ({
  ...base(audit, 'suspended', decision.decidedAt),
  type: 'rule.suspended',
  rule,
  reason: decision.reason,
});
