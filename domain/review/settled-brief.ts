import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { ReviewItem } from '#contracts/review';
import type { SafetyVerdict } from '#contracts/verdict';
import { isRule } from './auto-approval.ts';

type Verdict = z.infer<typeof SafetyVerdict>;

/** Tells verdicts apart by what a person is shown of them: what was found, how sure the voter was, and by which policy. */
export const findingsOf = ({ verdict, reasons, policy }: Verdict): string =>
  createHash('sha256')
    .update(JSON.stringify([verdict, policy.version, policy.sha256, reasons.map(told)]))
    .digest('hex');

const told = ({ category, voter, score, evidence, span, box, rule, entity }: Verdict['reasons'][number]) => [
  ...[category, voter, score, evidence, span?.start, span?.end],
  ...[box?.x, box?.y, box?.width, box?.height, rule, entity],
];

/**
 * The person who approved the brief of a job with exactly the findings of this verdict, so that these alone are no reason to ask again. `undefined` when
 * nobody was asked, a rule answered, anything else was found since, or the question is of before findings were kept.
 */
export function briefSettledBy(questions: readonly ReviewItem[], verdict: Verdict): string | undefined {
  const brief = questions.find(({ subject, kind }) => subject === 'brief' && kind === 'decision');
  if (brief?.decision?.outcome !== 'approved' || brief.status !== 'approved' || brief.findings !== findingsOf(verdict)) return undefined;
  return isRule(brief.decision.reviewer) ? undefined : brief.decision.reviewer;
}
