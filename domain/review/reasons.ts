import type * as z from 'zod';
import type { SafetyVerdict } from '#contracts/verdict';
import { LEAST_CONFIDENCE, maskNeedsReview } from '#domain/prep/mask-confidence';
import { type Question, renderInQuestion } from './question.ts';

/** A reviewer reads a page, not a log: more than this is summed up in the last line. */
const MAX_REASONS = 20;

/** Why a person is asked, one sentence a line, what matters most first. */
export function reasonsToAsk(question: Question): string[] {
  const { message, subject, template } = question;
  const { mask } = message.prep;
  const reasons = [
    ...(subject === 'brief'
      ? verdictReasons('brief', message.briefVerdict)
      : verdictReasons('clip', renderInQuestion(question)?.clipVerdict)),
    ...(subject === 'preview' ? briefReasons(question) : []),
    ...(subject === 'preview' && maskNeedsReview(mask)
      ? [`The product mask is doubtful: confidence ${mask.confidence} is below ${LEAST_CONFIDENCE}, so the cutout may be wrong.`]
      : []),
    ...(subject === 'preview' ? [`Nobody has seen this preview yet, and no rule approves it (template ${template}).`] : []),
  ];
  if (reasons.length <= MAX_REASONS) return reasons;
  return [...reasons.slice(0, MAX_REASONS - 1), `${reasons.length - MAX_REASONS + 1} more reasons are in the verdict.`];
}

/** What a person settled is said in a line: it is no reason to ask, but who looks should know of it. */
function briefReasons({ message, briefSettledBy }: Question): string[] {
  const { verdict, reasons } = message.briefVerdict;
  if (verdict !== 'review' || briefSettledBy === undefined) return verdictReasons('brief', message.briefVerdict);
  const categories = [...new Set(reasons.map(({ category }) => category))].join(', ');
  return [`What a check doubted in the brief (${categories || 'no reason given'}) was approved by ${briefSettledBy}.`];
}

function verdictReasons(what: 'brief' | 'clip', verdict: z.infer<typeof SafetyVerdict> | undefined): string[] {
  if (!verdict || verdict.verdict === 'allow') return [];
  if (verdict.reasons.length === 0) return [`The ${what} was sent to review without a reason by policy ${verdict.policy.version}.`];
  return verdict.reasons.map(({ category, evidence, voter, span }) => {
    const when = span ? ` from ${span.start.toFixed(1)} s to ${span.end.toFixed(1)} s` : '';
    return `The ${what} may be ${category}${when}: ${evidence} (${voter}).`;
  });
}
