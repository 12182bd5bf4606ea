import type { ChangeRuleBody, Me, RuleStanding } from '#contracts/review-api';
import type { Now, RuleRecord, RuleStore } from '#domain/ports';
import { AUTO_APPROVAL_RULES, type AutoApprovalRule } from './auto-approval.ts';
import { blank } from './rule-record.ts';

/** Every rule there is, with how it has done. */
export async function ruleStandings(
  { rules }: { readonly rules: Pick<RuleStore, 'all'> },
  known: readonly AutoApprovalRule[] = AUTO_APPROVAL_RULES,
): Promise<RuleStanding[]> {
  const records = new Map((await rules.all()).map((record) => [record.name, record]));
  return known.map((rule) => standingOf(rule, records.get(rule.name) ?? blank(rule.name)));
}

function standingOf(rule: AutoApprovalRule, { approved, sampled, audited, misses, suspended }: RuleRecord): RuleStanding {
  const { name, because, templates, subjects, auditShare } = rule;
  return {
    ...{ name, because, templates: [...templates], subjects: [...subjects], auditShare },
    ...{ approved, sampled, audited, misses },
    falseApproveRate: audited === 0 ? null : misses / audited,
    falseApproveInterval: audited === 0 ? null : interval(misses, audited),
    ...(suspended && { suspended }),
  };
}

/** Two-sided 95 %. */
const Z = 1.96;

/** Wilson's interval for a share: honest for few audits and for none that missed, where the plain one says "exactly 0". */
export function interval(hits: number, of: number): [low: number, high: number] {
  const share = hits / of;
  const spread = Z ** 2 / of;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return [hits === 0 ? 0 : Math.max(0, middle - half), hits === of ? 1 : Math.min(1, middle + half)];
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
