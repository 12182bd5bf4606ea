import type * as z from 'zod';
import type { ClipVerdict } from '#contracts/safety-clip';
import type { SafetyReason } from '#contracts/verdict';
import { persistentRuns } from './findings.ts';
import { type ClipPolicy, policyStamp, type VoterRule } from './policy.ts';
import { spanOf } from './sampling.ts';

type Reason = z.infer<typeof SafetyReason>;
type Verdict = z.infer<typeof ClipVerdict>;

/** What one voter said about one sample: a score, or why there is none. */
export type Vote = { readonly score: number } | { readonly failed: string };

/** Everything that was seen of a clip. `votes` holds one vote a sample, in order, for every voter. */
export interface Screening {
  readonly clip: { readonly frames: number; readonly fps: number };
  /** The frames that were looked at. */
  readonly chosen: readonly number[];
  readonly votes: Readonly<Record<string, readonly Vote[]>>;
  /** Why frames are missing, when they are. */
  readonly broken?: string | undefined;
}

/** The contract holds 50 reasons (contracts/verdict.ts); a person reads the strongest. */
const MOST_REASONS = 50;
const MOST_EVIDENCE = 500;

/**
 * Allow, review or reject. A clip is allowed only when every voter of the policy scored every sample and nothing persisted; any check
 * that failed sends it to a person, whatever the other checks said, unless something already refuses it.
 */
export function judgeClip(screening: Screening, policy: ClipPolicy): Verdict {
  const findings = Object.entries(screening.votes).flatMap(([voter, votes]) => {
    const rule = policy.voters[voter];
    return rule ? findingsOf(voter, votes, rule, screening, policy) : [];
  });
  const failures = failedChecks(screening, policy);
  const rejects = findings.some((finding) => finding.rejects);
  const reasons = [...findings.map((finding) => finding.reason).toSorted((one, other) => other.score - one.score), ...failures];
  return {
    verdict: rejects ? 'reject' : reasons.length > 0 ? 'review' : 'allow',
    reasons: reasons.slice(0, MOST_REASONS),
    policy: policyStamp(policy),
    sampledFrames: Math.max(0, ...Object.values(screening.votes).map((votes) => votes.length)),
    totalFrames: screening.clip.frames,
  };
}

function findingsOf(voter: string, votes: readonly Vote[], rule: VoterRule, screening: Screening, policy: ClipPolicy) {
  const scores = votes.map((vote) => (isScore(vote) ? vote.score : 0));
  const refused = persistentRuns(scores, rule.reject, policy.persistence);
  const lasting = persistentRuns(scores, rule.review, policy.persistence);
  // A single frame over the line that refuses is too much to pass over, and too little to refuse for.
  const single = persistentRuns(scores, rule.reject, { hits: 1, of: 1 }).filter(
    (run) => !lasting.some((other) => other.first <= run.first && run.last <= other.last),
  );
  const within = (first: number, last: number) => refused.some((run) => run.first <= last && first <= run.last);
  return [...lasting, ...single].map((run) => {
    const span = {
      start: spanOf(run.first, screening.chosen, screening.clip).start,
      end: spanOf(run.last, screening.chosen, screening.clip).end,
    };
    const peakFrame = screening.chosen[run.peakAt] ?? 0;
    const evidence = `${run.hits} of ${scores.length} sampled frames scored high, the highest ${run.peak.toFixed(2)} at ${(peakFrame / screening.clip.fps).toFixed(2)} s`;
    return { rejects: within(run.first, run.last), reason: { category: rule.category, voter, score: run.peak, evidence, span } };
  });
}

/** Every way in which a look at the clip was not a look at the whole clip. */
function failedChecks({ votes, chosen, broken }: Screening, policy: ClipPolicy): Reason[] {
  const unchecked = (voter: string, evidence: string): Reason => ({
    category: 'unchecked',
    voter,
    score: 1,
    evidence: evidence.slice(0, MOST_EVIDENCE),
  });
  const reasons: Reason[] = broken === undefined ? [] : [unchecked('frames@1', `the clip could not be read to its end: ${broken}`)];
  if (Object.keys(policy.voters).length === 0) reasons.push(unchecked('policy', `policy ${policy.version} names no voter`));
  for (const voter of new Set([...Object.keys(policy.voters), ...Object.keys(votes)])) {
    const cast = votes[voter];
    if (!policy.voters[voter]) reasons.push(unchecked(voter, `policy ${policy.version} has no thresholds for this voter`));
    if (!cast || cast.length === 0) {
      reasons.push(unchecked(voter, 'no frame was scored'));
      continue;
    }
    if (cast.length !== chosen.length) reasons.push(unchecked(voter, `expected ${chosen.length} scored frames, found ${cast.length}`));
    const bad = cast.findIndex((vote) => !isScore(vote));
    if (bad >= 0)
      reasons.push(unchecked(voter, `${cast.filter((vote) => !isScore(vote)).length} frames without a score, ${say(cast[bad]!)}`));
  }
  return reasons;
}

/** A score counts only inside its range: NaN compares false with every threshold, so it would pass them all. */
const isScore = (vote: Vote): vote is { score: number } => 'score' in vote && vote.score >= 0 && vote.score <= 1;

const say = (vote: Vote): string => ('failed' in vote ? `the first: ${vote.failed}` : `the first: ${vote.score}, expected 0 to 1`);
