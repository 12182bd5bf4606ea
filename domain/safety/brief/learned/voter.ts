import { SAFETY_CATEGORIES, type SafetyVote } from '#contracts/verdict';
import type { SentenceModel, TextVoter } from '#domain/ports';
import type { BriefPolicy } from '../policy.ts';
import { heaviestWords, judgeText } from './sentences.ts';

/**
 * From here on a text is told. Of the lines it was chosen on (test/domain/safety/brief/corpus/choosing.txt) the rules and it stop 90.0 % of
 * the harmful and 10.0 % of the harmless ones, rules alone 47.5 % and 7.5 %; from 0.7 on 93.5 % and 11.0 %, from 0.9 on 82.5 % and 8.5 %.
 */
export const TOLD_FROM = 0.8;
/** What an evidence line can carry, the words in it, and the votes of one answer. */
const [MAX_EVIDENCE, MOST_WORDS, MAX_VOTES] = [500, 5, 500];

/** Reads whole sentences instead of listed words. It can only ask for a person: the policy's scale ends below every line that refuses. */
export const learnedVoter = ({ spelling }: Pick<BriefPolicy, 'spelling'>, model: SentenceModel): TextVoter => ({
  id: 'learned-text@3',
  sees: 'text',
  categories: SAFETY_CATEGORIES.filter((category) => category !== 'unchecked'),
  async read(channels) {
    const votes: SafetyVote[] = [];
    for (const { name, text } of channels) {
      const found = await judgeText(text, spelling, model);
      if (!found || found.harm < TOLD_FROM) continue;
      const because = await heaviestWords(found.words, found.harm, model, MOST_WORDS);
      const evidence = `${name}: reads as ${found.category} (${found.harm.toFixed(3)}), mostly because of "${because.join('", "')}"`;
      votes.push({ category: found.category, score: found.harm, evidence: evidence.slice(0, MAX_EVIDENCE) });
    }
    return votes.sort((one, other) => other.score - one.score).slice(0, MAX_VOTES);
  },
});
