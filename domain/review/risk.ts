import type { Risk } from '#contracts/review';
import type { SafetyCategory, SafetyReason } from '#contracts/verdict';
import { maskNeedsReview } from '#domain/prep/mask-confidence';
import { REVIEW_POLICY } from './policy.ts';
import { type Question, renderInQuestion } from './question.ts';

/** What the checks found in the brief and in the render that is asked about. */
const findings = (question: Question): readonly SafetyReason[] => [
  ...question.message.briefVerdict.reasons,
  ...(renderInQuestion(question)?.clipVerdict.reasons ?? []),
];

/** Categories of the findings, each once, in the order they were found. */
export const categoriesOf = (question: Question): SafetyCategory[] => [...new Set(findings(question).map(({ category }) => category))];

/** How much harm a wrong approval could do: high by category, medium when a check or the mask doubts, low when all say yes. */
export function riskOf(question: Question): Risk {
  if (meets(categoriesOf(question), REVIEW_POLICY.highRisk)) return 'high';
  const { briefVerdict, prep } = question.message;
  const doubted = [briefVerdict, renderInQuestion(question)?.clipVerdict].some((one) => one !== undefined && one.verdict !== 'allow');
  return doubted || findings(question).length > 0 || maskNeedsReview(prep.mask) ? 'medium' : 'low';
}

export const needsSecondReviewer = (question: Question): boolean =>
  riskOf(question) === 'high' || meets(categoriesOf(question), REVIEW_POLICY.secondReviewer);

export const needsPerson = (question: Question): boolean =>
  riskOf(question) === 'high' || meets(categoriesOf(question), REVIEW_POLICY.alwaysPerson);

const meets = (found: readonly SafetyCategory[], listed: readonly SafetyCategory[]): boolean => found.some((one) => listed.includes(one));
