import type { JudgedCategory } from '#contracts/safety-policy';
import { SafetyCategory, type SafetyReason, type SafetyVote } from '#contracts/verdict';
import { persistentRuns } from './clip/findings.ts';
import { type SampledClip, spanOfSamples } from './clip/samples.ts';
import { consentFor, type Medium, type Whose } from './policy/consent.ts';
import type { EffectivePolicy, RuleSeverity } from './policy/effective.ts';
import { calibrated } from './policy/scale.ts';
import { nameAndVersion } from './policy/voter-name.ts';
import type { Look, Testimony } from './testimony.ts';

/** `rule`: refuses alone. `block`: refuses when the others agree. `review`: a person looks. */
export type Level = 'review' | 'block' | 'rule';

/** Something the policy found worth telling. */
export interface Finding {
  readonly level: Level;
  readonly medium: Medium;
  readonly reason: SafetyReason;
  /** The picture of a brief it is about, or nothing where all words are one thing. */
  readonly picture?: string | undefined;
}

export const mediumOf = ({ voter }: Testimony): Medium => (voter.sees === 'text' ? 'words' : 'pictures');

/** What is left of a voter's votes when the policy and the consents were asked. */
export function findingsOf(testimony: Testimony, policy: EffectivePolicy, whose: Whose, clip: SampledClip | undefined): Finding[] {
  const frames = testimony.looks.filter(({ sample }) => sample !== undefined);
  const others = testimony.looks.filter(({ sample }) => sample === undefined);
  return [
    ...others.flatMap((look) => singly(look, testimony, policy, whose)),
    ...(clip && frames.length > 0 ? persisting(frames, testimony, policy, whose, clip) : []),
  ];
}

/** Votes that stand for themselves: about words, about one picture of a brief, about a span of a clip. */
function singly(look: Look, testimony: Testimony, policy: EffectivePolicy, whose: Whose): Finding[] {
  return weighed(look, testimony, policy, whose).flatMap(({ vote, level }) =>
    level === undefined
      ? []
      : [
          {
            level,
            medium: mediumOf(testimony),
            picture: look.picture,
            reason: { ...named(vote, look.picture), voter: testimony.voter.id },
          },
        ],
  );
}

/** Which picture it is stands in front, as channels of words do. */
const named = (vote: SafetyVote, picture: string | undefined): SafetyVote =>
  picture === undefined ? vote : { ...vote, evidence: `${picture}: ${vote.evidence}`.slice(0, MOST_EVIDENCE) };

interface Weighed {
  readonly vote: SafetyVote;
  /** On the policy's scale. */
  readonly score: number;
  readonly level: Level | undefined;
}

function weighed({ answer }: Look, testimony: Testimony, policy: EffectivePolicy, whose: Whose): Weighed[] {
  if (answer.status !== 'voted') return [];
  return answer.votes.flatMap((vote) => {
    const consent = consentFor(vote, mediumOf(testimony), policy.consents, whose);
    if ('given' in consent) return [];
    const told =
      consent.missing === undefined ? vote : { ...vote, evidence: `${vote.evidence}; ${consent.missing}`.slice(0, MOST_EVIDENCE) };
    const scale = vote.category === 'unchecked' ? undefined : policy.voters[nameAndVersion(testimony.voter.id).name]?.scale[vote.category];
    const score = calibrated(vote.score, scale);
    return [{ vote: told, score, level: levelOf(vote, score, testimony, policy) }];
  });
}

function levelOf(vote: SafetyVote, score: number, { voter }: Testimony, policy: EffectivePolicy): Level | undefined {
  if (vote.category === 'unchecked') return 'review';
  const severity = severityOf(vote, voter.id, policy);
  if (severity !== undefined) return severity === 'reject' ? 'rule' : severity === 'review' ? 'review' : undefined;
  const { review, block } = policy.thresholds[vote.category];
  if (block !== undefined && score >= block) return 'block';
  if (score >= review) return 'review';
  // Readers and watchers speak only of what they found, so a faint finding is one; who looks at pictures says "hardly anything" too.
  return policy.person.includes(vote.category) && voter.sees !== 'picture' ? 'review' : undefined;
}

/** Rules belong to the voter that reads with the lexicon: nobody else decides by naming one of them. */
function severityOf({ rule }: SafetyVote, voter: string, { lexicon }: EffectivePolicy): RuleSeverity | undefined {
  return rule !== undefined && nameAndVersion(voter).name === 'rules' ? lexicon.severities.get(rule) : undefined;
}

/** Votes on frames: one odd frame in motion blur is no scene. */
function persisting(looks: readonly Look[], testimony: Testimony, policy: EffectivePolicy, whose: Whose, clip: SampledClip): Finding[] {
  const bySample = new Map(looks.map((look) => [look.sample, weighed(look, testimony, policy, whose)]));
  // Who looks less often has samples of its own, and what it saw in one stands until its next.
  const own = [...bySample.keys()].flatMap((sample) => (sample === undefined ? [] : [sample])).sort((one, other) => one - other);
  const seen: SampledClip = { ...clip, sampled: own.map((sample) => clip.sampled[sample] ?? 0) };
  const samples = own.map((sample) => bySample.get(sample) ?? []);
  return testimony.voter.categories.flatMap((category) =>
    category === 'unchecked' ? unjudgeable(samples, testimony) : runsOf(category, samples, testimony, policy, seen),
  );
}

const unjudgeable = (samples: readonly (readonly Weighed[])[], { voter }: Testimony): Finding[] => {
  const [first] = samples.flat().filter(({ vote }) => vote.category === 'unchecked');
  return first ? [{ level: 'review', medium: 'pictures', reason: { ...first.vote, voter: voter.id } }] : [];
};

function runsOf(
  category: JudgedCategory,
  samples: readonly (readonly Weighed[])[],
  { voter }: Testimony,
  policy: EffectivePolicy,
  clip: SampledClip,
): Finding[] {
  const strongest = samples.map((votes) =>
    votes
      .filter(({ vote }) => vote.category === category)
      .reduce<Weighed | undefined>((best, one) => (best && best.score >= one.score ? best : one), undefined),
  );
  const scores = strongest.map((one) => one?.score ?? 0);
  const { review, block } = policy.thresholds[category];
  const never = Number.POSITIVE_INFINITY;
  const refused = persistentRuns(scores, block ?? never, policy.persistence);
  const lasting = persistentRuns(scores, review, policy.persistence);
  // A single frame over the line that refuses is too much to pass over, and too little to refuse for; so is a person in one frame.
  const alone = Math.min(block ?? never, policy.person.includes(category) ? Math.max(review, ALONE) : never);
  const single = persistentRuns(scores, alone, { hits: 1, of: 1 }).filter(
    (run) => !lasting.some((other) => other.first <= run.first && run.last <= other.last),
  );
  const blocked = (first: number, last: number) => refused.some((run) => run.first <= last && first <= run.last);
  return [...lasting, ...single].map((run) => {
    const peak = strongest[run.peakAt]?.vote;
    const at = (clip.sampled[run.peakAt] ?? 0) / clip.fps;
    const seen = `${run.hits} of ${scores.length} sampled frames scored high, the highest ${run.peak.toFixed(2)} at ${at.toFixed(2)} s`;
    return {
      level: blocked(run.first, run.last) ? 'block' : 'review',
      medium: 'pictures',
      reason: {
        category,
        voter: voter.id,
        score: peak?.score ?? run.peak,
        evidence: (peak ? `${seen}: ${peak.evidence}` : seen).slice(0, MOST_EVIDENCE),
        span: spanOfSamples(clip, run.first, run.last),
        ...(peak?.box && { box: peak.box }),
        ...(peak?.rule !== undefined && { rule: peak.rule }),
        ...(peak?.entity !== undefined && { entity: peak.entity }),
      },
    };
  });
}

/** A person that a service is this sure of is there, be it in one frame. */
const ALONE = 0.9;
/** The contract's longest evidence. */
export const MOST_EVIDENCE = 500;
export const CATEGORIES = SafetyCategory.options;
