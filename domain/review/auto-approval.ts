import type { Brief } from '#contracts/brief';
import type { ReviewSubject } from '#contracts/review';
import { maskNeedsReview } from '#domain/prep/mask-confidence';
import { clipSecondsOf, type Question, renderInQuestion } from './question.ts';
import { needsPerson } from './risk.ts';

/** A rule approves in place of a person. It only ever says yes: what it does not cover waits for somebody. */
export interface AutoApprovalRule {
  /** Kept in the decision as `rule:<name>`; a rule that changes its meaning gets a new name. */
  readonly name: string;
  /** Raised when its data changes but not its meaning: the sample is drawn anew. */
  readonly version: number;
  readonly subjects: readonly ReviewSubject[];
  readonly templates: readonly Brief['template'][];
  readonly conditions: {
    /** Longest clip it covers, in seconds. */
    readonly maxClipSeconds: number;
  };
  /** Share of its approvals that a person looks at afterwards, 0.02..0.05. */
  readonly auditShare: number;
  /** One sentence for the record. */
  readonly because: string;
}

/** Under 2 % a rule that is wrong once in twenty approves a thousand clips before it is found; over 5 % it saves too little. */
export const AUDIT_SHARE = { least: 0.02, most: 0.05 } as const;

/**
 * Rules as data. A final is never here: it is only asked about when its safety verdict is `review`, and then a person has to look.
 * Neither is a brief, for the same reason.
 */
export const AUTO_APPROVAL_RULES: readonly AutoApprovalRule[] = [
  {
    name: 'low-risk-loop',
    version: 1,
    subjects: ['preview'],
    templates: ['low-risk-loop'],
    conditions: { maxClipSeconds: 60 }, // longer is no loop
    auditShare: 0.05, // the most: the rule is young, and its clips are cheap to look at
    because: 'template low-risk-loop, brief and clip allowed by every check, product mask above the review threshold',
  },
];

const PREFIX = 'rule:';
/** As which a rule's decisions are recorded. */
export const reviewerOf = ({ name }: AutoApprovalRule): string => `${PREFIX}${name}`;
export const isRule = (reviewer: string): boolean => reviewer.startsWith(PREFIX);
/** The rule behind a decision; `undefined` when a person decided, or the rule is no more. */
export const ruleBehind = (reviewer: string, rules: readonly AutoApprovalRule[] = AUTO_APPROVAL_RULES): AutoApprovalRule | undefined =>
  rules.find((rule) => reviewerOf(rule) === reviewer);

/**
 * The rule that answers the question, or `undefined` when a person has to. Every rule needs two `allow` verdicts, a render that was
 * looked at, and a sure mask, and none answers what a person sent back before, what is of high risk, or what the policy keeps for people,
 * whatever its data says: a mistake in the data cannot wave through what a check doubted. A suspended rule is as good as absent.
 */
export function ruleFor(
  question: Question,
  suspended: ReadonlySet<string> = new Set(),
  rules: readonly AutoApprovalRule[] = AUTO_APPROVAL_RULES,
): AutoApprovalRule | undefined {
  const { message, subject, template } = question;
  const clip = renderInQuestion(question)?.clipVerdict;
  const allAllowed = message.briefVerdict.verdict === 'allow' && clip?.verdict === 'allow' && clip.sampledFrames > 0;
  if (!allAllowed || maskNeedsReview(message.prep.mask) || message.rework || needsPerson(question)) return undefined;
  return rules.find(
    (rule) =>
      !suspended.has(rule.name) &&
      rule.subjects.includes(subject) &&
      rule.templates.includes(template) &&
      clipSecondsOf(question) <= rule.conditions.maxClipSeconds,
  );
}
