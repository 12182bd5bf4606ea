import { SAFETY_CATEGORIES, type SafetyVote } from '#contracts/verdict';
import type { SentenceModel, TextVoter } from '#domain/ports';
import type { BriefPolicy } from '../policy.ts';
import { heaviestWords, type Judgement, judgeText } from './sentences.ts';

/**
 * From here on a text is told. Of the lines it was chosen on (test/domain/safety/brief/corpus/choosing.txt) the rules and it stop 90.0 % of
 * the harmful and 10.0 % of the harmless ones, rules alone 47.5 % and 7.5 %; from 0.7 on 93.5 % and 11.0 %, from 0.9 on 82.5 % and 8.5 %.
 */
export const TOLD_FROM = 0.8;
/** What an evidence line can carry, the words in it, and the votes of one answer. */
const [MAX_EVIDENCE, MOST_WORDS, MAX_VOTES] = [500, 5, 500];
/** Texts whose heaviest words are looked for, worst first: each costs as many judgements as it has words, and a person reads the first. */
const EXPLAINED = 10;
/** Characters of all unlike texts that are read: some ten seconds of CPU, half of what the policy waits. More is no brief, and a person looks at it. */
const MOST_READ = 60_000;

/** Reads whole sentences instead of listed words. It can only ask for a person: the policy's scale ends below every line that refuses. */
export const learnedVoter = ({ spelling }: Pick<BriefPolicy, 'spelling'>, model: SentenceModel): TextVoter => ({
  id: 'learned-text@3',
  sees: 'text',
  categories: SAFETY_CATEGORIES.filter((category) => category !== 'unchecked'),
  async read(channels) {
    // What stands in every frame is read once, and told of the first.
    const texts = new Map(channels.toReversed().map(({ name, text }) => [text, name]));
    const length = [...texts.keys()].reduce((sum, text) => sum + text.length, 0);
    if (length > MOST_READ) throw new RangeError(`expected at most ${MOST_READ} characters in all, found ${length}`);
    const told: (Judgement & { readonly name: string })[] = [];
    for (const [text, name] of texts) {
      const found = await judgeText(text, spelling, model);
      if (found && found.harm >= TOLD_FROM) told.push({ name, ...found });
    }
    const worstFirst = told.sort((one, other) => other.harm - one.harm).slice(0, MAX_VOTES);
    const votes: SafetyVote[] = [];
    for (const [index, { name, category, harm, words }] of worstFirst.entries()) {
      const because = index < EXPLAINED ? await heaviestWords(words, harm, model, MOST_WORDS) : [];
      const mostly = because.length > 0 ? `, mostly because of "${because.join('", "')}"` : '';
      votes.push({ category, score: harm, evidence: `${name}: reads as ${category} (${harm.toFixed(3)})${mostly}`.slice(0, MAX_EVIDENCE) });
    }
    return votes;
  },
});
