import { DecideInput, type DecideOutput, type ReviewItem, type RuleEvidence } from '#contracts/review';
import { auditShareOf } from './audit-share.ts';
import { type AutoApprovalRule, reviewerOf, ruleFor } from './auto-approval.ts';
import { precedentsOf } from './campaign.ts';
import { answerQuestion, type ReviewNeighbours } from './decide.ts';
import type { Question } from './question.ts';

/**
 * Answers a question by the rule that covers it, with what is known at this moment of rules and of the campaign; `undefined` when none does, or a
 * person left it out of what they approved side by side. The answer goes the way of every answer, so whoever has claimed the question meanwhile keeps it, and it is given once.
 */
export async function answerByRule(item: ReviewItem, question: Question, to: ReviewNeighbours): Promise<DecideOutput | undefined> {
  if (item.leftOut) return undefined;
  const [records, campaign] = await Promise.all([to.rules.all(), to.campaigns.of(item.tenant, item.campaign)]);
  const suspended = new Set(records.filter((record) => record.suspended !== undefined).map(({ name }) => name));
  const precedents = precedentsOf(campaign, item.look, to.now());
  const rule = ruleFor({ ...question, precedents }, suspended);
  if (!rule) return undefined;
  const { jobId, subject, round } = item;
  const approval = { jobId, subject, round, outcome: 'approved', reviewer: reviewerOf(rule), reason: rule.because };
  const auditShare = auditShareOf(
    rule,
    records.find(({ name }) => name === rule.name),
  );
  return answerQuestion(DecideInput.parse(approval), to, { evidence: evidenceOf(rule, auditShare, precedents) });
}

export const evidenceOf = (rule: AutoApprovalRule, auditShare: number, precedents: RuleEvidence['precedents']): RuleEvidence => ({
  auditShare,
  ...(rule.conditions.precedent && { precedents }),
});
