import type * as z from 'zod';
import type { SafetyReason, SafetyVerdict } from '#contracts/verdict';
import type { Channel } from '#domain/ports';
import { type Finding, matchRules } from './match-rules.ts';
import type { BriefPolicy } from './policy.ts';

type Verdict = z.infer<typeof SafetyVerdict>;
type Reason = z.infer<typeof SafetyReason>;

/** One voter on a brief's texts. It says what it found; it never says that all is well. */
export interface BriefCheck {
  readonly voter: string;
  run(channels: readonly Channel[]): readonly Finding[];
}

export const rulesCheck = (policy: BriefPolicy): BriefCheck => ({
  voter: `rules@${policy.version}`,
  run: (channels) => matchRules(policy, channels),
});

/** What a verdict and an evidence line can carry. */
const MAX_REASONS = 50;
const MAX_EVIDENCE = 500;

/**
 * Asks every check and takes the worst answer: one `reject` rejects, one `review` asks a person. A check that throws counts as
 * `review` with category `unchecked`; a brief that no check looked at is reviewed too. Nothing passes because something broke.
 */
export function screenBrief(
  channels: readonly Channel[],
  policy: BriefPolicy,
  checks: readonly BriefCheck[] = [rulesCheck(policy)],
): Verdict {
  const findings = checks.flatMap(({ voter, run }) => {
    try {
      return run(channels).map((finding) => ({ severity: finding.severity, reason: reasonOf(voter, finding) }));
    } catch (error) {
      return [{ severity: 'review' as const, reason: unchecked(voter, error instanceof Error ? error.message : String(error)) }];
    }
  });
  if (checks.length === 0) findings.push({ severity: 'review', reason: unchecked('none', 'no check is configured') });

  const verdict = findings.some(({ severity }) => severity === 'reject') ? 'reject' : findings.length > 0 ? 'review' : 'allow';
  const worstFirst = [...findings].sort((one, other) => rank(one.severity) - rank(other.severity) || other.reason.score - one.reason.score);
  return {
    verdict,
    reasons: worstFirst.slice(0, MAX_REASONS).map(({ reason }) => reason),
    policy: { version: policy.version, sha256: policy.sha256 },
  };
}

const rank = (severity: 'review' | 'reject'): number => (severity === 'reject' ? 0 : 1);

const reasonOf = (voter: string, { category, score, evidence }: Finding): Reason => ({
  category,
  voter,
  score,
  evidence: evidence.slice(0, MAX_EVIDENCE),
});

/** Score 1: it is certain that nobody looked. */
const unchecked = (voter: string, why: string): Reason => ({
  category: 'unchecked',
  voter,
  score: 1,
  evidence: `the check failed, so nobody has looked: ${why}`.slice(0, MAX_EVIDENCE),
});
