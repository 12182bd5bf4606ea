import { SAFETY_CATEGORIES, type SafetyVote } from '#contracts/verdict';
import type { Channel, SentenceModel, TextVoter } from '#domain/ports';
import { captionRows, readOn } from '../captions.ts';
import type { BriefPolicy } from '../policy.ts';
import type { Spelling } from '../spelling.ts';
import { heaviestWords, type Judgement, judgeText } from './sentences.ts';

/**
 * From here on a text is told. Of the lines it was chosen on (test/domain/safety/brief/corpus/choosing.txt) the rules and it stop 89.0 % of
 * the harmful and 6.5 % of the harmless ones, rules alone 47.5 % and 5.5 %; from 0.65 on 93.5 % and 8.0 %, from 0.8 on 83.0 % and 5.5 %. At
 * 0.7 (91.5 % and 7.0 %) one ordinary scene of 576 would be told for who is in it (test/domain/safety/brief/groups.test.ts).
 */
export const TOLD_FROM = 0.72;
/** What an evidence line can carry, the words in it, and the votes of one answer. */
const [MAX_EVIDENCE, MOST_WORDS, MAX_VOTES] = [500, 5, 500];
/** Texts whose heaviest words are looked for, worst first: each costs as many judgements as it has words, and a person reads the first. */
const EXPLAINED = 10;
/**
 * Characters of all unlike texts that are read, those of captions twice: some ten seconds of CPU, half of what the policy waits. More is no
 * brief, and a person looks at it.
 */
const MOST_READ = 60_000;

export interface Told extends Judgement {
  /** Of the channel, or of the captions that were read on into each other. */
  readonly name: string;
}

/**
 * The texts that a person is asked about, worst first. Captions too short for a sentence are read as one text with those beside them.
 * @throws RangeError when there is more to read than any brief holds
 */
export async function toldTexts(channels: readonly Channel[], spelling: Spelling, model: SentenceModel): Promise<Told[]> {
  const texts = unlike(channels);
  const rows = captionRows(channels)
    .map(unlike)
    .filter((row) => row.length > 1);
  const length = [...texts, ...rows.flat()].reduce((sum, { text }) => sum + text.length, 0);
  if (length > MOST_READ) throw new RangeError(`expected at most ${MOST_READ} characters in all, captions twice, found ${length}`);
  const told: Told[] = [];
  const read = async ({ name, text }: Channel): Promise<boolean> => {
    const found = await judgeText(text, spelling, model);
    if (found && found.harm >= TOLD_FROM) told.push({ name, ...found });
    return found !== undefined;
  };
  const fragments = new Set<string>();
  for (const channel of texts) if (!(await read(channel))) fragments.add(channel.text);
  for (const row of rows) if (row.some(({ text }) => fragments.has(text))) await read(readOn(row));
  return told.sort((one, other) => other.harm - one.harm);
}

/** What stands in every frame is read once, and told of the first. */
function unlike(channels: readonly Channel[]): Channel[] {
  const seen = new Set<string>();
  return channels.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** Reads whole sentences instead of listed words. It can only ask for a person: the policy's scale ends below every line that refuses. */
export const learnedVoter = ({ spelling }: Pick<BriefPolicy, 'spelling'>, model: SentenceModel): TextVoter => ({
  id: 'learned-text@5',
  sees: 'text',
  categories: SAFETY_CATEGORIES.filter((category) => category !== 'unchecked'),
  async read(channels) {
    const told = await toldTexts(channels, spelling, model);
    const votes: SafetyVote[] = [];
    for (const [index, { name, category, harm, words }] of told.slice(0, MAX_VOTES).entries()) {
      const because = index < EXPLAINED ? await heaviestWords(words, harm, model, MOST_WORDS) : [];
      const mostly = because.length > 0 ? `, mostly because of "${because.join('", "')}"` : '';
      votes.push({ category, score: harm, evidence: `${name}: reads as ${category} (${harm.toFixed(3)})${mostly}`.slice(0, MAX_EVIDENCE) });
    }
    return votes;
  },
});
