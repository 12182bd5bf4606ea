import type { PictureVoter } from '#domain/ports';
import { type ModelOptions, openModel } from './onnx-session.ts';
import { type Manner, scaled } from './pictures/scale.ts';
import { shares } from './shares.ts';

/** The training pictures were stretched to 256 x 256 and cut to the middle 224 x 224. */
const STRETCHED = 256;
const SIDE = 224;
const MARGIN = (STRETCHED - SIDE) / 2;
/** Blue, green, red of one pixel after the other, less the mean of the training pictures. */
const MANNER: Manner = { colours: 'bgr', by: 'pixels', less: [123, 117, 104], over: [1, 1, 1] };

/** Yahoo's open_nsfw (ResNet-50 thin, 2016), 24 MB: the probability that a picture is sexual. */
export function openNsfwVoter(modelFile: string, options?: ModelOptions): PictureVoter {
  const model = openModel(modelFile, options);
  return {
    id: 'open-nsfw@1',
    categories: ['sexual'],
    sees: 'picture',
    async look(picture) {
      const region = {
        left: (picture.width * MARGIN) / STRETCHED,
        top: (picture.height * MARGIN) / STRETCHED,
        width: (picture.width * SIDE) / STRETCHED,
        height: (picture.height * SIDE) / STRETCHED,
      };
      const pixels = scaled(picture, SIDE, SIDE, { region, manner: MANNER });
      const [, score] = shares(await model(pixels, [1, SIDE, SIDE, 3]), 2, 'open-nsfw');
      return [{ category: 'sexual', score: score ?? 1, evidence: `sexual ${(score ?? 1).toFixed(2)}` }];
    },
  };
}
