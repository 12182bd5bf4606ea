import type { SafetyCategory } from '#contracts/verdict';
import type { SentenceModel } from '#domain/ports';
import { hiddenText } from '../fold.ts';
import { readingsOf } from '../readings.ts';
import type { Spelling } from '../spelling.ts';
import { likelyWords } from './words.ts';

/** What the model can take harm for, in the order of its answers. Names, brands and politics are found by lists. */
export const SENTENCE_KINDS = [
  'sexual',
  'minors',
  'violence',
  'hate',
  'self-harm',
  'dangerous-goods',
  'deception',
] as const satisfies readonly SafetyCategory[];

/** Words that are judged at once; longer sentences were not learned from. Even, so that half of it is whole. */
const PIECE = 48;
/** Fewer are a name, a file or a shout (`end-to-end`, `fr`, `Fresh`), of which the model has learned nothing; lists read them. */
const LEAST = 4;
/** The same where a match is to be excused: in so few words no padding can drown what stands beside it. */
const CLOSE = 12;
/**
 * Below this a text is surely harmless. Of the sentences that may be looked at, and that only a word of two senses stopped, it frees 17 of 37
 * harmless ones and lets 8 of 618 harmful ones go; 0.1 frees 11 and lets 3 go, 0.2 frees 21 and lets 13 go.
 */
const SURE = 0.15;

export interface Judgement {
  /** 0..1: how sure the model is that this harms. */
  readonly harm: number;
  readonly category: (typeof SENTENCE_KINDS)[number];
  /** The words of the worst piece. */
  readonly words: readonly string[];
}

/** Pieces overlap by half, so that what belongs together is together in one of them. */
export function piecesOf(words: readonly string[], size = PIECE): string[][] {
  if (words.length === 0) return [];
  const further = Math.max(0, Math.ceil((words.length - size) / (size / 2)));
  return Array.from({ length: 1 + further }, (_, index) => words.slice((index * size) / 2, (index * size) / 2 + size));
}

/** A text at its worst piece; `undefined` when it has too few words for a sentence. */
export async function judgeText(text: string, spelling: Spelling, model: SentenceModel, size = PIECE): Promise<Judgement | undefined> {
  const all = likelyWords(readingsOf(`${text}\n${hiddenText(text)}`, spelling), spelling);
  if (all.length < LEAST) return undefined;
  let worst: Judgement | undefined;
  for (const words of piecesOf(all, size)) {
    const { harm, kinds } = await model.judge(words);
    if (!(harm >= 0 && harm <= 1)) throw new RangeError(`expected a harm from 0 to 1, found ${harm}`);
    if (kinds.length !== SENTENCE_KINDS.length)
      throw new RangeError(`expected a number for each of ${SENTENCE_KINDS.join(', ')}, found ${kinds.length} numbers`);
    if (worst && worst.harm >= harm) continue;
    const likeliest = SENTENCE_KINDS[kinds.indexOf(Math.max(...kinds))];
    worst = { harm, category: likeliest ?? 'violence', words };
  }
  return worst;
}

/** Whether no piece of a text, large or small, could harm anybody. */
export async function isSurelyHarmless(text: string, spelling: Spelling, model: SentenceModel): Promise<boolean> {
  for (const size of [PIECE, CLOSE]) {
    const found = await judgeText(text, spelling, model, size);
    if (!found || !(found.harm < SURE)) return false;
  }
  return true;
}

/** The words without which the text would harm least, heaviest first, at most so many: what a person should look at. */
export async function heaviestWords(words: readonly string[], harm: number, model: SentenceModel, most: number): Promise<string[]> {
  const weights: { word: string; weight: number }[] = [];
  for (const [at, word] of words.entries()) {
    const without = await model.judge(words.toSpliced(at, 1));
    weights.push({ word, weight: harm - without.harm });
  }
  const heaviest = weights.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  return [...new Set(heaviest.map(({ word }) => word))].slice(0, most);
}
