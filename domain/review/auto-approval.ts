import type { Brief } from '#contracts/brief';
import type { PipelineMessage, RenderResult, ReviewSubject } from '#contracts/review';
import { maskNeedsReview } from '#domain/prep/mask-confidence';

/** A rule approves in place of a person. It only ever says yes: what it does not cover waits for somebody. */
export interface AutoApprovalRule {
  /** Kept in the decision as `rule:<name>`; a rule that changes its meaning gets a new name. */
  readonly name: string;
  readonly subjects: readonly ReviewSubject[];
  readonly templates: readonly Brief['template'][];
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
    subjects: ['preview'],
    templates: ['low-risk-loop'],
    because: 'template low-risk-loop, brief and clip allowed by every check, product mask above the review threshold',
  },
];

/** What a rule may look at. */
export interface Question {
  readonly subject: ReviewSubject;
  readonly template: Brief['template'];
  readonly message: Pick<PipelineMessage, 'briefVerdict' | 'prep' | 'preview' | 'final'>;
}

/** The render a question is about; `undefined` for a brief, which has none yet. */
export const renderInQuestion = ({ subject, message }: Question): RenderResult | undefined =>
  subject === 'brief' ? undefined : message[subject];

/**
 * The rule that answers the question, or `undefined` when a person has to. Every rule needs two `allow` verdicts, a render that was
 * looked at, and a sure mask, whatever its data says: a mistake in the data cannot wave through what a check doubted.
 */
export function ruleFor(question: Question, rules: readonly AutoApprovalRule[] = AUTO_APPROVAL_RULES): AutoApprovalRule | undefined {
  const { message, subject, template } = question;
  const clip = renderInQuestion(question)?.clipVerdict;
  const allAllowed = message.briefVerdict.verdict === 'allow' && clip?.verdict === 'allow' && clip.sampledFrames > 0;
  if (!allAllowed || maskNeedsReview(message.prep.mask)) return undefined;
  return rules.find((rule) => rule.subjects.includes(subject) && rule.templates.includes(template));
}
