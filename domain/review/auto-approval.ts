import type { Brief } from '#contracts/brief';
import type { Precedent, ReviewSubject } from '#contracts/review';
import { maskNeedsReview } from '#domain/prep/mask-confidence';
import { differentPeople } from './claims.ts';
import { clipSecondsOf, type Question, renderInQuestion } from './question.ts';
import { needsPerson, needsSecondReviewer } from './risk.ts';

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
    /** `allowed`: by every check; `settled`: a check doubted, and a person approved exactly that doubt. */
    readonly briefs: readonly ('allowed' | 'settled')[];
    /** Covers only what people have approved the like of: so many previews of the same campaign and look, by so many different people. */
    readonly precedent?: { readonly approvals: number; readonly people: number };
  };
  /** Share of its approvals that a person looks at afterwards while the rule is young, 0.02..0.05; audit-share.ts says when it falls. */
  readonly auditShare: number;
  /** Another rule without which it is as good as absent: where both trust the same template, one's fault is the other's. */
  readonly leansOn?: string;
  /** One sentence for the record. */
  readonly because: string;
}

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
    conditions: { maxClipSeconds: 60, briefs: ['allowed'] }, // longer is no loop
    auditShare: 0.05, // the most: the rule is young, and its clips are cheap to look at
    because: 'template low-risk-loop, brief and clip allowed by every check, product mask above the review threshold',
  },
  {
    name: 'settled-brief-loop',
    version: 1,
    subjects: ['preview'],
    templates: ['low-risk-loop'],
    conditions: { maxClipSeconds: 60, briefs: ['settled'] },
    auditShare: 0.05,
    leansOn: 'low-risk-loop',
    because:
      'template low-risk-loop, what a check doubted in the brief was approved by a person, clip allowed by every check, product mask above the review threshold',
  },
  {
    name: 'campaign-precedent',
    version: 1,
    subjects: ['preview'],
    templates: ['product-hero'],
    conditions: {
      maxClipSeconds: 120, // of a longer one more is new than is the same
      briefs: ['allowed', 'settled'],
      // Three, as one may be luck and two chance; by two people, so that one person's blind spot does not become a rule.
      precedent: { approvals: 3, people: 2 },
    },
    auditShare: 0.05,
    because:
      'people approved previews of the same campaign, storyboard and brand and refused none since; brief and clip allowed by every check or settled by a person, product mask above the review threshold',
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
 * The rule that answers the question, or `undefined` when a person has to. Every rule needs a clip that every check allowed, a brief that
 * every check allowed or a person settled, a render that was looked at, and a sure mask, and none answers what a person sent back before, what
 * is of high risk, what two people have to see, or what the policy keeps for people, whatever its data says: a mistake in the data cannot
 * wave through what a check doubted. A suspended rule is as good as absent.
 */
export function ruleFor(
  question: Question,
  suspended: ReadonlySet<string> = new Set(),
  rules: readonly AutoApprovalRule[] = AUTO_APPROVAL_RULES,
): AutoApprovalRule | undefined {
  const { message, subject, template } = question;
  if (!mayBeAnsweredByRule(question)) return undefined;
  return rules.find(
    ({ name, leansOn, subjects, templates, conditions }) =>
      !suspended.has(name) &&
      (leansOn === undefined || !suspended.has(leansOn)) &&
      subjects.includes(subject) &&
      templates.includes(template) &&
      clipSecondsOf(question) <= conditions.maxClipSeconds &&
      conditions.briefs.includes(message.briefVerdict.verdict === 'allow' ? 'allowed' : 'settled') &&
      (!conditions.precedent || isPrecedent(question.precedents ?? [], conditions.precedent)),
  );
}

/** What holds for every rule. */
function mayBeAnsweredByRule(question: Question): boolean {
  const { message, briefSettledBy } = question;
  const { verdict } = message.briefVerdict;
  const clip = renderInQuestion(question)?.clipVerdict;
  const isBriefFine = verdict === 'allow' || (verdict === 'review' && briefSettledBy !== undefined && !isRule(briefSettledBy));
  const isClipFine = clip?.verdict === 'allow' && clip.sampledFrames > 0;
  const isForPeople = needsPerson(question) || needsSecondReviewer(question);
  return isBriefFine && isClipFine && !maskNeedsReview(message.prep.mask) && !message.rework && !isForPeople;
}

const isPrecedent = (
  precedents: readonly Precedent[],
  { approvals, people }: NonNullable<AutoApprovalRule['conditions']['precedent']>,
): boolean => precedents.length >= approvals && differentPeople(precedents.map(({ reviewer }) => reviewer)) >= people;
