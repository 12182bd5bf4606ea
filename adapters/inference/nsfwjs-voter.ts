import type { PictureVoter } from '#domain/ports';
import { type ModelOptions, openModel } from './onnx-session.ts';
import { AS_IT_IS, type Manner, scaled } from './pictures/scale.ts';
import { shares } from './shares.ts';

/** What the networks of nsfwjs tell apart, in their order. */
const CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const;

/**
 * How much of "sexy" (suggestive, not explicit) counts. Sport and swimwear are called sexy with 0.89 to 0.99; a quarter keeps what is
 * nothing but sexy below the line from which a person looks, and adds where the network wavers between sexy and worse.
 */
export const SEXY_SHARE = 0.25;

/** Red, green, blue from 0 to 1. */
const MANNER: Manner = { ...AS_IT_IS, over: [255, 255, 255] };

export const NSFWJS = {
  'nsfw-mobilenet@1': { side: 224 },
  'nsfw-inception@1': { side: 299 },
} as const;

/** A network of nsfwjs (Infinite Red, MIT): the score is porn + hentai + a quarter of sexy. */
export function openNsfwjsVoter(id: keyof typeof NSFWJS, modelFile: string, options?: ModelOptions): PictureVoter {
  const { side } = NSFWJS[id];
  const model = openModel(modelFile, options);
  return {
    id,
    categories: ['sexual'],
    sees: 'picture',
    async look(picture) {
      const planes = scaled(picture, side, side, { manner: MANNER });
      const found = shares(await model(planes, [1, 3, side, side]), CLASSES.length, id);
      const [, hentai = 1, , porn = 1, sexy = 1] = found;
      const evidence = CLASSES.map((name, index) => `${name} ${(found[index] ?? 1).toFixed(2)}`).join(', ');
      return [{ category: 'sexual', score: Math.min(1, porn + hentai + SEXY_SHARE * sexy), evidence }];
    },
  };
}
