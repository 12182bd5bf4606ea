import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as z from 'zod';
import type { SentenceModel } from '#domain/ports';
import { type ModelOptions, openModel } from '../onnx-session.ts';

/** Files of `.framewright/models`, and of the layer of models (lib/handlers.ts). */
export interface SentenceFiles {
  /** Takes the numbers of the word pieces, one row; answers with a number for harm and one for each of `SENTENCE_KINDS`. */
  readonly model: string;
  /** `tokenizer.json` of the Hugging Face libraries. */
  readonly tokenizer: string;
}

/** Of one row of word pieces, as many as it was taught with: 48 words are some 60. More come of words that are none, and would drown the others. */
const MOST_PIECES = 110;

/** MiniLM with six layers of 384 (models/text-voter/README.md), taught to tell sentences that harm. Opened with the first sentence. */
export function openSentenceModel(files: SentenceFiles, options?: ModelOptions): SentenceModel {
  const model = openModel(files.model, options);
  let opening: Promise<Tokenizer> | undefined;
  const judge = async (words: readonly string[]): Promise<{ harm: number; kinds: readonly number[] }> => {
    opening ??= openTokenizer(files.tokenizer);
    const pieces = (await opening).encode(words.join(' ')).ids;
    if (pieces.length > MOST_PIECES && words.length > 1) {
      const half = Math.ceil(words.length / 2);
      const [one, other] = [await judge(words.slice(0, half)), await judge(words.slice(half))];
      return one.harm >= other.harm ? one : other;
    }
    const row = pieces.slice(0, MOST_PIECES); // one word of so many pieces is noise; its end is not missed
    const [harm = Number.NaN, ...kinds] = await model(Float32Array.from(row), [1, row.length]);
    return { harm: 1 / (1 + Math.exp(-harm)), kinds };
  };
  return { judge };
}

/** The model of this release, in the folder of models. One thread: a sentence is too short to be shared. */
export const openTextModel = (folder: string): SentenceModel =>
  openSentenceModel({ model: join(folder, 'text-voter.onnx'), tokenizer: join(folder, 'text-voter.json') });

const TokenizerFile = z.looseObject({ model: z.looseObject({ type: z.literal('WordPiece') }) });

async function openTokenizer(file: string): Promise<Tokenizer> {
  const found = TokenizerFile.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!found.success) throw new Error(`expected a tokenizer of word pieces in ${file}, found ${z.prettifyError(found.error)}`);
  return new Tokenizer(found.data, {});
}
