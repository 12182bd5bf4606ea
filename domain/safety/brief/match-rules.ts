import type * as z from 'zod';
import type { SafetyCategory } from '#contracts/verdict';
import type { Channel } from '#domain/ports';
import type { BriefPolicy, Combination, Rule } from './policy.ts';
import { readingsOf } from './readings.ts';

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
}

interface Hit {
  readonly rule: Rule;
  readonly channel: string;
  readonly words: string;
}

/** What rules of these categories match is a name, and consents are found by names. */
export const NAMED: ReadonlySet<z.infer<typeof SafetyCategory>> = new Set(['public-figure', 'brand-ip']);

/** Reads every text and applies the rules, then the combinations of rules. */
export function matchRules(policy: BriefPolicy, channels: readonly Channel[]): Finding[] {
  const hits = channels.flatMap((channel) => hitsIn(policy, channel));
  return [
    ...hits.flatMap(({ rule, channel, words }) =>
      rule.severity === 'signal'
        ? []
        : [{ ...pick(rule, rule.severity), words, evidence: `${channel}: matched "${words}" (rule ${rule.id})` }],
    ),
    ...policy.combinations.flatMap((combination) => together(combination, hits)),
  ];
}

/**
 * One hit per rule and channel: the first words that matched are evidence enough. Names are each a hit: who agreed to be named must not
 * hide who did not.
 */
function hitsIn(policy: BriefPolicy, { name, text }: Channel): Hit[] {
  const readings = readingsOf(text);
  const innocent = new Set(policy.allowed.find(readings).flatMap(({ match }) => match.atoms));
  const hits = new Map<string, Hit>();
  for (const { owner: rule, match } of policy.rules.find(readings)) {
    const words = match.words.join(' ');
    const hit = NAMED.has(rule.category) ? `${rule.id} ${words}` : rule.id;
    if (match.atoms.some((atom) => innocent.has(atom)) || hits.has(hit)) continue;
    hits.set(hit, { rule, channel: name, words });
  }
  return [...hits.values()];
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
