import { createHash } from 'node:crypto';
import type { ReviewDecision, ReviewItem } from '#contracts/review';
import type { EventPublisher, ReviewStore, RuleStore } from '#domain/ports';
import type { AutoApprovalRule } from './auto-approval.ts';
import * as facts from './facts.ts';

/** Time for an audit: three days, so that a weekend passes and a wrong rule still is found within a week. */
const AUDIT_SECONDS = 3 * 24 * 3_600;

type Which = Pick<ReviewItem, 'jobId' | 'subject' | 'round'>;

/**
 * Whether chance chooses this approval to be looked at. The same question always has the same answer, so a retry cannot draw again; another
 * version of the rule draws anew. The hash holds the job's id, which S3 makes when the brief is there: nobody can choose it. `share`: what the rule's
 * share was when it approved, kept with the decision; what a smaller share chooses a larger one chooses too.
 */
export function isSampled(
  { jobId, subject, round }: Which,
  { name, version, auditShare }: Pick<AutoApprovalRule, 'name' | 'version' | 'auditShare'>,
  share = auditShare,
): boolean {
  const digest = createHash('sha256')
    .update(JSON.stringify([name, version, jobId, subject, round]))
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32 < share;
}

/** The question that looks back at a rule's approval. It holds no token: nothing waits for it. */
export function auditOf(item: ReviewItem, rule: string, decision: ReviewDecision): ReviewItem {
  const { decision: _decision, claim: _claim, firstApproval: _first, escalatedAt: _escalated, closed: _closed, ...asked } = item;
  return {
    ...asked,
    kind: 'audit',
    status: 'waiting',
    rule,
    needsSecond: false,
    requestedAt: decision.decidedAt,
    deadlineAt: new Date(Date.parse(decision.decidedAt) + AUDIT_SECONDS * 1000).toISOString(),
    reasons: [`Rule ${rule} approved this without a person: ${decision.reason}. Would you have approved it?`],
  };
}

interface AuditNeighbours {
  readonly reviews: ReviewStore;
  readonly rules: RuleStore;
  readonly publisher: EventPublisher;
}

/** What follows from a rule's approval: it is counted, and if chance says so it is put into the queue. Every step may be done again. */
export async function followApproval(
  item: ReviewItem,
  decision: ReviewDecision,
  rule: AutoApprovalRule,
  to: AuditNeighbours,
): Promise<void> {
  const { jobId, subject, round } = item;
  const counted = { rule: rule.name, jobId, subject, round };
  await to.rules.count({ ...counted, what: 'approved' });
  if (!isSampled(item, rule, decision.evidence?.auditShare)) return;
  const audit = auditOf(item, rule.name, decision);
  await to.reviews.change({ jobId, subject, kind: 'audit' }, (standing) => (standing ? undefined : audit));
  await to.rules.count({ ...counted, what: 'sampled' });
  await to.publisher.publish([facts.sampled(audit, rule.name)]);
}

/** What follows from an audit's answer: it is counted, and a rule that was wrong approves nothing more from this write on. */
export async function recordAudit(
  audit: ReviewItem,
  decision: ReviewDecision,
  to: { readonly rules: RuleStore; readonly publisher: EventPublisher },
): Promise<void> {
  const { jobId, subject, round, rule } = audit;
  if (rule === undefined) return;
  const { outcome, reviewer, reason, decidedAt } = decision;
  const counted = { rule, jobId, subject, round };
  if (outcome === 'approved') await to.rules.count({ ...counted, what: 'agreed' });
  else
    await to.rules.count(
      { ...counted, what: 'missed' },
      { at: decidedAt, by: reviewer, reason: `the audit of the ${subject} of ${jobId} disagreed: ${reason || 'no reason given'}` },
    );
  await to.publisher.publish([
    facts.audited(audit, rule, decision),
    ...(outcome === 'approved' ? [] : [facts.suspended(audit, rule, decision)]),
  ]);
}
