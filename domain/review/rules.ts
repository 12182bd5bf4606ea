import type { ChangeRuleBody, Me, RuleStanding } from '#contracts/review-api';
import type { Now, RuleRecord, RuleStore } from '#domain/ports';
import { auditShareOf } from './audit-share.ts';
import { AUTO_APPROVAL_RULES, type AutoApprovalRule } from './auto-approval.ts';
import { blank } from './rule-record.ts';
import { interval } from './wilson.ts';

/** Every rule there is, with how it has done. */
export async function ruleStandings(
  { rules }: { readonly rules: Pick<RuleStore, 'all'> },
  known: readonly AutoApprovalRule[] = AUTO_APPROVAL_RULES,
): Promise<RuleStanding[]> {
  const records = new Map((await rules.all()).map((record) => [record.name, record]));
  return known.map((rule) => standingOf(rule, records.get(rule.name) ?? blank(rule.name)));
}

function standingOf(rule: AutoApprovalRule, record: RuleRecord): RuleStanding {
  const { name, because, templates, subjects } = rule;
  const { approved, sampled, audited, misses, suspended } = record;
  return {
    ...{ name, because, templates: [...templates], subjects: [...subjects], auditShare: auditShareOf(rule, record) },
    ...{ approved, sampled, audited, misses },
    falseApproveRate: audited === 0 ? null : misses / audited,
    falseApproveInterval: audited === 0 ? null : interval(misses, audited),
    ...(suspended && { suspended }),
  };
}

/** An admin's word about a rule; `undefined` when there is no such rule. Whether the person is an admin is decided before. */
export async function changeRule(
  name: string,
  { action, reason }: ChangeRuleBody,
  me: Pick<Me, 'name'>,
  { rules, now }: { readonly rules: RuleStore; readonly now: Now },
): Promise<RuleStanding | undefined> {
  if (!AUTO_APPROVAL_RULES.some((rule) => rule.name === name)) return undefined;
  await rules[action](name, { at: now().toISOString(), by: me.name, reason });
  return (await ruleStandings({ rules })).find((standing) => standing.name === name);
}
