import type { SafetyVote } from '#contracts/verdict';
import type { PictureReader, PictureVoter } from '#domain/ports';
import { OVERLAY_HEIGHT, OVERLAY_WIDTH, repetition } from '#domain/safety/clip/overlay';
import { watermarkWords } from '#domain/safety/clip/watermark-words';
import { scaled } from './pictures/scale.ts';

/** Clean photos and our own clips repeat at most 0.05 of their detail, pale overlays on them 0.08 and more: the middle is a score of 0.5. */
const FULL = 0.13;
const NO_WORDS: SafetyVote = { category: 'third-party-watermark', score: 0, evidence: 'no words of an agency are read' };
/** ITU-R BT.601, as eyes weigh red, green and blue. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** `everything`: words and patterns. `words`: for frames that we made, whose waves and stripes repeat by themselves. */
export type WatermarkSigns = 'everything' | 'words';

/** Sees the marks of stock agencies: their words, through `reader`, and patterns that are laid over the whole picture. No model of its own. */
export function openStockWatermarkVoter(reader: PictureReader, signs: WatermarkSigns = 'everything'): PictureVoter {
  return {
    id: 'stock-watermark@1',
    categories: ['third-party-watermark'],
    sees: 'picture',
    async look(picture) {
      const words = watermarkWords(await reader.read(picture));
      if (signs === 'words') return words.length > 0 ? words : [NO_WORDS];
      const planes = scaled(picture, OVERLAY_WIDTH, OVERLAY_HEIGHT);
      const area = OVERLAY_WIDTH * OVERLAY_HEIGHT;
      const luma = new Float32Array(area);
      for (let at = 0; at < area; at++) luma[at] = LUMA[0] * planes[at]! + LUMA[1] * planes[area + at]! + LUMA[2] * planes[2 * area + at]!;
      const repeated = repetition(luma);
      if (!Number.isFinite(repeated)) throw new Error(`expected a share of detail that repeats, found ${repeated}`);
      return [
        ...words,
        {
          category: 'third-party-watermark',
          score: Math.min(1, repeated / FULL),
          evidence: `${(repeated * 100).toFixed(1)} % of the fine detail repeats across the picture`,
          rule: 'overlay',
        },
      ];
    },
  };
}
