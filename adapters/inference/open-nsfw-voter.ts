import type { PictureVoter } from '#domain/ports';
import { type ModelOptions, openModel } from './onnx-session.ts';
import { scaledPlanes } from './pictures/scale.ts';
import { shares } from './shares.ts';

/** The training pictures were stretched to 256 x 256 and cut to the middle 224 x 224. */
const STRETCHED = 256;
const SIDE = 224;
const MARGIN = (STRETCHED - SIDE) / 2;
/** Mean blue, green, red of the training pictures, subtracted in that order. */
const MEAN_BGR = [104, 117, 123] as const;

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
      const planes = scaledPlanes(picture, SIDE, SIDE, region);
      const [, score] = shares(await model(interleaved(planes), [1, SIDE, SIDE, 3]), 2, 'open-nsfw');
      return [{ category: 'sexual', score: score ?? 1, evidence: `sexual ${(score ?? 1).toFixed(2)}` }];
    },
  };
}

/** Blue, green, red of one pixel after the other. */
function interleaved(planes: Float32Array): Float32Array {
  const area = SIDE * SIDE;
  const values = new Float32Array(3 * area);
  for (let at = 0; at < area; at++)
    for (let channel = 0; channel < 3; channel++) values[at * 3 + channel] = planes[(2 - channel) * area + at]! - MEAN_BGR[channel]!;
  return values;
}
