import type { RuleRecord } from '#domain/ports';
import type { AutoApprovalRule } from './auto-approval.ts';
import { interval } from './wilson.ts';

/** Under 2 % a rule that is wrong once in twenty approves a thousand clips before it is found; over 5 % it saves too little. */
export const AUDIT_SHARE = { least: 0.02, most: 0.05 } as const;

/**
 * Share of a rule's approvals that people look at now: as large as the share of wrong ones may still be, at 95 % (the upper end of Wilson's
 * interval over the audits that agreed in a row), in whole per cent between the rule's own share and the least. 5 % until 93 audits in a row
 * agreed, 4 % until 125, 3 % until 189, then 2 %. One miss, and it begins anew.
 */
export function auditShareOf({ auditShare }: Pick<AutoApprovalRule, 'auditShare'>, record: RuleRecord | undefined): number {
  const agreed = record?.agreedInARow ?? 0;
  if (agreed === 0) return auditShare;
  const [, mayBeWrong] = interval(0, agreed);
  return Math.min(auditShare, Math.max(AUDIT_SHARE.least, Math.ceil(mayBeWrong * 100) / 100));
}
