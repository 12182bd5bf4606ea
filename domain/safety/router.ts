import type { Ballot, SafetyReason, SafetyVerdict } from '#contracts/verdict';
import { type SampledClip, unseen } from './clip/samples.ts';
import { CATEGORIES, type Finding, findingsOf, MOST_EVIDENCE, mediumOf } from './findings.ts';
import type { Whose } from './policy/consent.ts';
import type { EffectivePolicy } from './policy/effective.ts';
import { nameAndVersion } from './policy/voter-name.ts';
import type { Testimony } from './testimony.ts';

/** Something that should have been looked at and was not. */
export interface Gap {
  /** `frames@1`, `open-nsfw`. */
  readonly who: string;
  readonly why: string;
}

/** Everything that was said about one brief or one clip. */
export interface Hearing {
  readonly testimonies: readonly Testimony[];
  /** Names that the policy expects at this door. */
  readonly expected: readonly string[];
  /** What kept voters from looking: a picture that does not decode, a clip that broke off. */
  readonly gaps: readonly Gap[];
  readonly whose: Whose;
  /** Absent for a brief. */
  readonly clip?: SampledClip;
}

/** The contract's limits; a person reads the strongest. */
const MOST_REASONS = 50;
const MOST_BALLOTS = 20;

/**
 * Allow, review or reject. All who were asked say that it is safe: allow. A rule refuses, or those who judge one category of one thing agree
 * that it is not: reject. Everything else goes to a person: doubt, disagreement, a voter that failed, hung, babbled or was not there.
 * Nothing passes because something broke.
 */
export function judge(hearing: Hearing, policy: EffectivePolicy): SafetyVerdict {
  const { testimonies, whose, clip } = hearing;
  const findings = testimonies.flatMap((testimony) => findingsOf(testimony, policy, whose, clip));
  const gaps = gapsOf(hearing, policy);
  const refuses = findings.some(({ level }) => level === 'rule') || findings.some((finding) => agreed(finding, findings, testimonies));
  const worstFirst = [...findings].sort((one, other) => rank(one) - rank(other) || other.reason.score - one.reason.score);
  // The last places are for what nobody looked at: a flood of findings must not hide it.
  const missing = gaps.map(unchecked).slice(0, MOST_REASONS);
  const found = worstFirst.map(({ reason }) => reason).slice(0, MOST_REASONS - missing.length);
  return {
    verdict: refuses ? 'reject' : findings.length + gaps.length > 0 ? 'review' : 'allow',
    reasons: [...found, ...missing],
    ballots: testimonies.map(ballotOf).slice(0, MOST_BALLOTS),
    policy: policy.stamp,
  };
}

const rank = ({ level }: Finding): number => ({ rule: 0, block: 1, review: 2 })[level];

/**
 * Whether this finding refuses: it is over the block line, and so is another voter's about the same thing. Who judges a category alone is
 * enough alone. A voter that was asked and failed still counts as one that might have disagreed.
 */
function agreed(finding: Finding, all: readonly Finding[], testimonies: readonly Testimony[]): boolean {
  if (finding.level !== 'block') return false;
  const { category } = finding.reason;
  const judges = testimonies.filter((testimony) => mediumOf(testimony) === finding.medium && testimony.voter.categories.includes(category));
  const agreeing = all.filter(
    (other) =>
      other.level === 'block' && other.medium === finding.medium && other.reason.category === category && sameThing(finding, other),
  );
  return new Set(agreeing.map(({ reason }) => reason.voter)).size >= Math.min(2, new Set(judges.map(({ voter }) => voter.id)).size);
}

function sameThing(one: Finding, other: Finding): boolean {
  if (one.picture !== other.picture) return false;
  const [a, b] = [one.reason.span, other.reason.span];
  return !a || !b || (a.start < b.end && b.start < a.end);
}

/** Every way in which this was not a full look. */
function gapsOf({ testimonies, expected, gaps, clip }: Hearing, policy: EffectivePolicy): Gap[] {
  const present = testimonies.map(({ voter }) => nameAndVersion(voter.id).name);
  return [
    ...gaps,
    ...expected.filter((name) => !present.includes(name)).map((name) => ({ who: name, why: 'it was expected to look and did not' })),
    ...(testimonies.length === 0 ? [{ who: 'none', why: 'nobody was asked' }] : []),
    ...testimonies.flatMap((testimony) => notVoted(testimony, policy, clip)),
  ];
}

function notVoted({ voter, looks }: Testimony, policy: EffectivePolicy, clip: SampledClip | undefined): Gap[] {
  const { name, version } = nameAndVersion(voter.id);
  const settings = policy.voters[name];
  const gap = (why: string): Gap => ({ who: voter.id, why });
  const bad = looks.filter(({ answer }) => answer.status !== 'voted');
  const [first] = bad.flatMap(({ answer }) => (answer.status === 'voted' ? [] : [answer]));
  const seen = looks.flatMap(({ sample }) => (sample === undefined ? [] : [sample]));
  const ownRate = settings?.samplesPerSecond;
  const missed = clip && seen.length > 0 && ownRate === undefined ? clip.sampled.length - new Set(seen).size : 0;
  const unwatched =
    clip && seen.length > 0 && ownRate !== undefined
      ? unseen({ ...clip, sampled: seen.map((sample) => clip.sampled[sample] ?? 0) }, ownRate)
      : undefined;
  return [
    ...(settings ? [] : [gap(`policy ${policy.version} does not know this voter`)]),
    ...(settings?.version !== undefined && settings.version !== version
      ? [gap(`policy ${policy.version} has the scale of version ${settings.version}`)]
      : []),
    ...(looks.length === 0 ? [gap('it saw nothing')] : []),
    ...(missed > 0 ? [gap(`${missed} of ${clip?.sampled.length} sampled frames were not shown to it`)] : []),
    ...(unwatched !== undefined ? [gap(unwatched)] : []),
    ...(first ? [gap(`${first.status} at ${bad.length} of ${looks.length} looks, first: ${first.why}`)] : []),
  ];
}

/** Why the sampled frames do not stand for the clip, as a gap. */
export function samplingGaps(clip: SampledClip, perSecond: number): Gap[] {
  const why = unseen(clip, perSecond);
  return why === undefined ? [] : [{ who: 'frames@1', why }];
}

/** Score 1: it is certain that nobody looked. */
const unchecked = ({ who, why }: Gap): SafetyReason => ({
  category: 'unchecked',
  voter: who,
  score: 1,
  evidence: `the check failed, so nobody has looked: ${why}`.slice(0, MOST_EVIDENCE),
});

/** The worst that happened comes first: a voter that hung once is not one that voted. */
const WORST = ['timed-out', 'garbled', 'failed'] as const;

function ballotOf({ voter, looks }: Testimony): Ballot {
  const votes = looks.flatMap(({ answer }) => (answer.status === 'voted' ? answer.votes : []));
  const highest = CATEGORIES.flatMap((category) => {
    const scores = votes.filter((vote) => vote.category === category).map(({ score }) => score);
    return scores.length > 0 ? [[category, Math.max(...scores)] as const] : [];
  });
  return {
    voter: voter.id,
    status: WORST.find((status) => looks.some(({ answer }) => answer.status === status)) ?? (looks.length === 0 ? 'failed' : 'voted'),
    highest: Object.fromEntries(highest),
    judged: looks.reduce((sum, { answer, judged }) => sum + (answer.status === 'voted' ? judged : 0), 0),
  };
}
