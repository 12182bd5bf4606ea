import { SAFETY_CATEGORIES, type SafetyVote } from '#contracts/verdict';
import type { Channel, TextVoter } from '#domain/ports';
import { type Finding, matchRules, NAMED } from './match-rules.ts';
import type { BriefPolicy } from './policy.ts';

/** What an evidence line can carry. */
const MAX_EVIDENCE = 500;
/** Worst first, so that a brief that matches everything cannot hide the worst behind the rest. */
const MAX_VOTES = 500;

/** The lexicon as a voter: rules and combinations of rules, each vote with the rule that spoke. */
export const rulesVoter = (lexicon: BriefPolicy): TextVoter => ({
  id: `rules@${lexicon.version}`,
  sees: 'text',
  categories: SAFETY_CATEGORIES.filter((category) => category !== 'unchecked'),
  read: async (channels) => rulesVotes(lexicon, channels),
});

/** The same at once: reading words needs nobody else. */
export const rulesVotes = (lexicon: BriefPolicy, channels: readonly Channel[]): SafetyVote[] =>
  [...matchRules(lexicon, channels)].sort(worstFirst).slice(0, MAX_VOTES).map(voteOf);

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
