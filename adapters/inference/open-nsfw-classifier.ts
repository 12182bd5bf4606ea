import type { PictureClassifier } from '#domain/ports';
import { openModel } from './onnx-session.ts';

const SIDE = 224;
/** Mean blue, green, red of the network's training pictures, subtracted in that order. */
const MEAN_BGR = [104, 117, 123] as const;

/** Yahoo's open_nsfw (ResNet-50 thin, 2016), 24 MB: the probability that a picture is sexual. About 50 ms on one core. */
export function openNsfwClassifier(modelFile: string): PictureClassifier {
  const model = openModel(modelFile);
  return {
    id: 'open-nsfw@1',
    score: async (pixels) => {
      const [, sexual] = await model(toTensor(pixels), [1, SIDE, SIDE, 3]);
      return sexual ?? Number.NaN; // judged as unchecked by the verdict
    },
  };
}

/** Interleaved blue, green, red. */
function toTensor(pixels: Uint8Array): Float32Array {
  if (pixels.length !== SIDE * SIDE * 3)
    throw new RangeError(`expected ${SIDE * SIDE * 3} bytes of ${SIDE}x${SIDE} RGB, found ${pixels.length}`);
  const values = new Float32Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 3)
    for (let channel = 0; channel < 3; channel++) values[at + channel] = pixels[at + 2 - channel]! - MEAN_BGR[channel]!;
  return values;
}
