import { createHash } from 'node:crypto';
import * as z from 'zod';
import { SafetyCategory } from '#contracts/verdict';

const WeightsFile = z.strictObject({
  schema: z.literal('framewright/text-voter/v1'),
  version: z.string().min(1),
  dimensions: z.int().positive().max(256),
  /** How many words in a row the detectors see. */
  widths: z.array(z.int().positive().max(8)).min(1),
  /** Of each width. */
  detectors: z.int().positive().max(256),
  /** Longest piece that is judged at once, in words: longer sentences were not learned from. */
  piece: z.int().min(8).max(512),
  categories: z.array(SafetyCategory.exclude(['unchecked'])).min(1),
  words: z.string(),
  /** Base 64: whole numbers of eight bits and what one is worth, row by row; then the last layers as 32 bit floats. */
  numbers: z.base64(),
  /** Of words, a line end and numbers. */
  sha256: z.string(),
});

/** What the model thinks of one piece of text. */
export interface Judgement {
  /** 0..1: how sure it is that this harms. One half is the line that it learned. */
  readonly harm: number;
  readonly category: z.infer<typeof WeightsFile>['categories'][number];
  /** The words that weighed most towards harm, heaviest first. */
  readonly because: readonly string[];
}

export interface TextModel {
  readonly version: string;
  readonly sha256: string;
  readonly categories: readonly Judgement['category'][];
  /** The worst piece of a text. Deterministic; the time is proportional to the words. */
  judge(words: readonly string[]): Judgement;
}

interface Detector {
  readonly width: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Words told as reasons. */
const MOST_REASONS = 5;

/** Opens weights. Throws, naming what is wrong, when anything is missing, changed or not a number: half a model is none. */
export function openTextModel(source: unknown): TextModel {
  const file = WeightsFile.parse(source);
  const found = createHash('sha256').update(`${file.words}\n${file.numbers}`).digest('hex');
  if (found !== file.sha256) throw new RangeError(`text model ${file.version}: expected sha256 ${file.sha256}, found ${found}`);
  const vocabulary = new Map(file.words.split(' ').map((word, at) => [word, at + 1] as const));
  const numbers = new NumberReader(Uint8Array.from(Buffer.from(file.numbers, 'base64')), file.version);
  const table = numbers.rows(vocabulary.size + 1, file.dimensions);
  const detectors = file.widths.map(
    (width): Detector => ({ width, weights: numbers.rows(file.detectors, width * file.dimensions), bias: numbers.floats(file.detectors) }),
  );
  const features = file.detectors * file.widths.length;
  const harm = { weights: numbers.floats(features), bias: numbers.floats(1) };
  const kind = { weights: numbers.floats(features * file.categories.length), bias: numbers.floats(file.categories.length) };
  numbers.end();

  /** What a word adds to each detector at each of its places: the same wherever the word stands, so it is worked out once a text. */
  const answersOf = (row: number): Float64Array => {
    const vector = table.subarray(row * file.dimensions, (row + 1) * file.dimensions);
    const answers = detectors.map(({ weights }) =>
      Float64Array.from({ length: weights.length / file.dimensions }, (_, place) => {
        let sum = 0;
        for (let index = 0; index < file.dimensions; index++) sum += (vector[index] ?? 0) * (weights[place * file.dimensions + index] ?? 0);
        return sum;
      }),
    );
    return Float64Array.from(answers.flatMap((some) => [...some]));
  };
  type Answers = (word: string) => Float64Array;
  const remembered = (): Answers => {
    const known = new Map<number, Float64Array>();
    return (word) => {
      const row = vocabulary.get(word) ?? 0;
      const answers = known.get(row) ?? answersOf(row);
      known.set(row, answers);
      return answers;
    };
  };

  const judgePiece = (words: readonly string[], answersTo: Answers): Judgement => {
    const answers = words.map(answersTo);
    const strongest = new Float64Array(features);
    const blame = new Float64Array(words.length);
    let first = 0; // of the answers of this width
    detectors.forEach(({ width, bias }, group) => {
      for (let detector = 0; detector < file.detectors; detector++) {
        let best = 0; // an answer below nothing is nothing
        let bestAt = 0;
        for (let start = 1 - width; start < words.length; start++) {
          let sum = bias[detector] ?? 0;
          for (let offset = Math.max(0, -start); offset < width && start + offset < words.length; offset++)
            sum += answers[start + offset]?.[first + detector * width + offset] ?? 0;
          if (sum > best) {
            best = sum;
            bestAt = start;
          }
        }
        const feature = group * file.detectors + detector;
        strongest[feature] = best;
        const seen = Array.from({ length: width }, (_, offset) => bestAt + offset).filter((at) => at >= 0 && at < words.length);
        for (const at of seen) blame[at] = (blame[at] ?? 0) + (best * (harm.weights[feature] ?? 0)) / seen.length;
      }
      first += file.detectors * width;
    });
    const line = (weights: Float32Array, bias: number, from: number): number =>
      strongest.reduce((sum, answer, feature) => sum + answer * (weights[from + feature] ?? 0), bias);
    const score = 1 / (1 + Math.exp(-line(harm.weights, harm.bias[0] ?? 0, 0)));
    if (!Number.isFinite(score)) throw new RangeError(`text model ${file.version}: expected a score, found ${score}`);
    const kinds = file.categories.map((category, at) => ({ category, score: line(kind.weights, kind.bias[at] ?? 0, at * features) }));
    const [likely] = kinds.sort((one, other) => other.score - one.score);
    const heaviest = words.map((word, at) => ({ word, weight: blame[at] ?? 0 })).sort((one, other) => other.weight - one.weight);
    return {
      harm: score,
      category: likely?.category ?? 'violence',
      because: heaviest
        .filter(({ weight }) => weight > 0)
        .slice(0, MOST_REASONS)
        .map(({ word }) => word),
    };
  };

  return {
    version: file.version,
    sha256: file.sha256,
    categories: file.categories,
    judge(words) {
      const answersTo = remembered();
      let worst = judgePiece(words.slice(0, file.piece), answersTo);
      // Pieces overlap by half, so that what belongs together is together in one of them.
      for (let from = file.piece / 2; from + file.piece / 2 < words.length; from += file.piece / 2) {
        const piece = judgePiece(words.slice(from, from + file.piece), answersTo);
        if (piece.harm > worst.harm) worst = piece;
      }
      return worst;
    },
  };
}

/** Takes numbers from the front; what is missing, left over or no number is an error. */
class NumberReader {
  readonly #bytes: DataView;
  readonly #version: string;
  #at = 0;

  constructor(bytes: Uint8Array, version: string) {
    this.#bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#version = version;
  }

  /** Eight-bit rows, then what one is worth in each row. */
  rows(count: number, length: number): Float32Array {
    this.#expect(count * (length + 4));
    const whole = new Int8Array(count * length).map((_, index) => this.#bytes.getInt8(this.#at + index));
    this.#at += count * length;
    const worth = this.floats(count);
    return Float32Array.from(whole, (value, index) => value * (worth[Math.floor(index / length)] ?? 0));
  }

  floats(count: number): Float32Array {
    this.#expect(count * 4);
    const found = new Float32Array(count).map((_, index) => this.#bytes.getFloat32(this.#at + index * 4, true));
    this.#at += count * 4;
    if (!found.every(Number.isFinite)) throw new RangeError(`text model ${this.#version}: expected numbers, found one that is none`);
    return found;
  }

  end(): void {
    if (this.#at !== this.#bytes.byteLength)
      throw new RangeError(`text model ${this.#version}: expected ${this.#at} bytes of numbers, found ${this.#bytes.byteLength}`);
  }

  #expect(more: number): void {
    if (this.#at + more > this.#bytes.byteLength)
      throw new RangeError(
        `text model ${this.#version}: expected at least ${this.#at + more} bytes of numbers, found ${this.#bytes.byteLength}`,
      );
  }
}
