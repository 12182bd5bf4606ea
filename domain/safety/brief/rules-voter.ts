import { SAFETY_CATEGORIES, type SafetyVote } from '#contracts/verdict';
import type { TextVoter } from '#domain/ports';
import { type Finding, matchRules, NAMED } from './match-rules.ts';
import type { BriefPolicy } from './policy.ts';

/** What an evidence line can carry. */
const MAX_EVIDENCE = 500;
/** Worst first, so that a brief that matches everything cannot hide the worst behind the rest. */
const MAX_VOTES = 500;

/** Whether a text is surely harmless, whatever words of two senses stand in it. */
type Sense = (text: string) => Promise<boolean>;

/**
 * The lexicon as a voter: rules and combinations of rules, each vote with the rule that spoke. `sense` is asked about matches whose rule
 * says so; without it, or when it fails, they all count.
 */
export const rulesVoter = (lexicon: BriefPolicy, sense: Sense = async () => false): TextVoter => ({
  id: `rules@${lexicon.version}`,
  sees: 'text',
  categories: SAFETY_CATEGORIES.filter((category) => category !== 'unchecked'),
  async read(channels) {
    const found = await thatCount(matchRules(lexicon, channels), sense);
    return found.sort(worstFirst).slice(0, MAX_VOTES).map(voteOf);
  },
});

/**
 * Characters of all texts that are asked about: some five seconds of CPU, and several times what a brief writes. Behind them every match
 * counts, so that a flood of doubtful words cannot keep a rule that refuses from speaking in time.
 */
const MOST_ASKED = 20_000;

/** Each text is asked about once, however many words stand in it. */
async function thatCount(findings: readonly Finding[], sense: Sense): Promise<Finding[]> {
  const harmless = new Map<string, boolean>();
  let left = MOST_ASKED;
  for (const { unlessHarmless: text } of findings) {
    if (text === undefined || harmless.has(text) || text.length > left) continue;
    left -= text.length;
    harmless.set(text, await sense(text).catch(() => false));
  }
  return findings.filter(({ unlessHarmless: text }) => text === undefined || harmless.get(text) !== true);
}

const worstFirst = (one: Finding, other: Finding): number => rank(one) - rank(other) || other.score - one.score;
const rank = ({ severity }: Finding): number => (severity === 'reject' ? 0 : 1);

function voteOf({ category, score, evidence, rule, words }: Finding): SafetyVote {
  return {
    category,
    score,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    ...(rule !== undefined && { rule }),
    ...(NAMED.has(category) && words !== undefined && { entity: words.slice(0, 120) }),
  };
}
