import type { PictureVoter, Raster } from '#domain/ports';
import { openModel } from './onnx-session.ts';

/** The training pictures were stretched to 256 x 256 and cut to the middle 224 x 224. */
const STRETCHED = 256;
const SIDE = 224;
const MARGIN = (STRETCHED - SIDE) / 2;
/** Mean blue, green, red of the network's training pictures, subtracted in that order. */
const MEAN_BGR = [104, 117, 123] as const;

/** Yahoo's open_nsfw (ResNet-50 thin, 2016), 24 MB: the probability that a picture is sexual. About 50 ms on one core. */
export function openNsfwVoter(modelFile: string): PictureVoter {
  const model = openModel(modelFile);
  return {
    id: 'open-nsfw@1',
    sees: 'picture',
    categories: ['sexual'],
    async look(picture) {
      const [, sexual = Number.NaN] = await model(toTensor(picture), [1, SIDE, SIDE, 3]);
      return [{ category: 'sexual', score: sexual, evidence: `sexual ${sexual.toFixed(2)}` }];
    },
  };
}

/** Interleaved blue, green, red; each pixel is the mean of the pixels it stands for. */
function toTensor({ width, height, channels, data }: Raster): Float32Array {
  if (channels !== 3) throw new RangeError(`expected an RGB picture, found ${channels} channels`);
  const values = new Float32Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const [left, right] = reach(x, width);
      const [top, bottom] = reach(y, height);
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++)
          for (let channel = 0; channel < 3; channel++) sums[channel]! += data[(row * width + column) * 3 + channel]!;
      const area = (right - left) * (bottom - top);
      for (let channel = 0; channel < 3; channel++) values[(y * SIDE + x) * 3 + channel] = sums[2 - channel]! / area - MEAN_BGR[channel]!;
    }
  return values;
}

/** The pixels of a side of `length` that pixel `at` of the cut middle stands for: at least one. */
function reach(at: number, length: number): [from: number, to: number] {
  const from = Math.floor(((at + MARGIN) * length) / STRETCHED);
  return [from, Math.max(from + 1, Math.floor(((at + MARGIN + 1) * length) / STRETCHED))];
}
