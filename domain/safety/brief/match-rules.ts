import type * as z from 'zod';
import type { SafetyCategory } from '#contracts/verdict';
import type { Channel } from '#domain/ports';
import { captionRows, readOn } from './captions.ts';
import { hiddenText } from './fold.ts';
import type { BriefPolicy, Combination, Rule } from './policy.ts';
import { type Readings, readingsOf } from './readings.ts';
import type { Match } from './terms.ts';

/** What a check found, with the words for a person. */
export interface Finding {
  readonly category: z.infer<typeof SafetyCategory>;
  readonly severity: 'review' | 'reject';
  readonly score: number;
  readonly evidence: string;
  /** Id of the rule or combination. */
  readonly rule?: string;
  /** As read: `kill` for `k1ll`. */
  readonly words?: string;
  /** The text whose sense decides whether it counts; absent when nothing does. */
  readonly unlessHarmless?: string;
}

interface Hit {
  readonly rule: Rule;
  readonly channel: string;
  readonly words: string;
  /** Absent when it is spread over several. */
  readonly text?: string;
}

/** What rules of these categories match is a name, and consents are found by names. */
export const NAMED: ReadonlySet<z.infer<typeof SafetyCategory>> = new Set(['public-figure', 'brand-ip']);

/** Reads every text and applies the rules, then the combinations of rules. */
export function matchRules(policy: BriefPolicy, channels: readonly Channel[]): Finding[] {
  const read = channels.map(({ name, text }) => ({ name, text, readings: readingsOf(`${text}\n${hiddenText(text)}`, policy.spelling) }));
  const hits = [...read.flatMap((channel) => hitsIn(policy, channel)), ...hitsAcross(policy, channels)];
  return [
    ...hits.flatMap(({ rule, channel, words, text }) =>
      rule.severity === 'signal'
        ? []
        : [
            {
              ...pick(rule, rule.severity),
              words,
              evidence: `${channel}: matched "${words}" (rule ${rule.id})`,
              ...(rule.sense && text !== undefined && { unlessHarmless: text }),
            },
          ],
    ),
    ...policy.combinations.flatMap((combination) => together(combination, hits)),
  ];
}

/**
 * One hit per rule and channel: the first words that matched are evidence enough. Names are each a hit: who agreed to be named must not
 * hide who did not.
 */
function hitsIn(
  policy: BriefPolicy,
  { name, readings, text }: { readonly name: string; readonly readings: Readings; readonly text?: string },
  counts = (_: Match): boolean => true,
): Hit[] {
  // Harmless words excuse a doubtful match that they are part of ("kill the lights"), and one that refuses only when they are what it is
  // about, which English says last: "make a bath bomb", not "make a bomb in the bath".
  const innocent = new Set([...policy.allowed.find(readings)].flatMap(({ match }) => match.atoms));
  const hits = new Map<string, Hit & { readonly atoms: readonly number[] }>();
  for (const { owner: rule, match } of policy.rules.find(readings, ({ id }) => !hits.has(id))) {
    const excused =
      rule.excuse !== 'never' &&
      (rule.severity === 'reject' ? innocent.has(match.atoms.at(-1) ?? -1) : match.atoms.some((atom) => innocent.has(atom)));
    const words = match.words.join(' ');
    const hit = NAMED.has(rule.category) ? `${rule.id} ${words}` : rule.id;
    if (excused || hits.has(hit) || !counts(match)) continue;
    hits.set(hit, { rule, channel: name, words, atoms: match.atoms, ...(text !== undefined && { text }) });
  }
  // Part of a longer name is not somebody else: "jane doe" is one hit, not "jane doe" and "doe".
  const found = [...hits.values()];
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other.rule === one.rule && other.atoms.length > one.atoms.length && one.atoms.every((atom) => other.atoms.includes(atom)),
      ),
  );
}

/** Hits whose words are spread over captions. */
function hitsAcross(policy: BriefPolicy, channels: readonly Channel[]): Hit[] {
  return captionRows(channels).flatMap((row) => {
    const { name, text } = readOn(row);
    let atoms = 0;
    const ends = row.map((caption) => {
      atoms += readingsOf(caption.text, policy.spelling).atoms.length;
      return atoms;
    });
    const of = (atom: number): number => ends.findIndex((end) => atom < end);
    const spread = (match: Match) => of(match.atoms[0] ?? 0) !== of(match.atoms.at(-1) ?? 0);
    return hitsIn(policy, { name, readings: readingsOf(text, policy.spelling) }, spread);
  });
}

/** At most one finding a combination: the first pair that stands together. */
function together(combination: Combination, hits: readonly Hit[]): Finding[] {
  for (const one of hits.filter(({ rule }) => rule.id === combination.rule)) {
    const other = hits.find(
      ({ rule, channel }) => combination.withAny.includes(rule.id) && (combination.within === 'brief' || channel === one.channel),
    );
    if (!other) continue;
    const evidence = `${one.channel}: "${one.words}" together with ${other.channel}: "${other.words}" (rule ${combination.id})`;
    return [{ ...pick(combination, combination.severity), evidence }];
  }
  return [];
}

const pick = ({ id, category, score }: Rule | Combination, severity: 'review' | 'reject') => ({ category, score, severity, rule: id });
