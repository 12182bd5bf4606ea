import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedBundle } from '../../../containers/harness/motion-backend.ts';
import { floatBytes, type OnnxFile, onnxFile } from './onnx-file.ts';

const CLIP = [1, 3, 16, 'height', 'width'] as const;
/** How much of the wave each colour shows. In a file of its own, as real weights are. */
const KERNEL = [0.9, 0.6, 0.3];

/** Operations in a row that undo each other all but the last, so that a step lasts some milliseconds and can be stopped between two. */
const SLOWNESS = 81;

/**
 * Stands in for motion-tiny: frames that depend on every input, and on place and moment most. Of the wrong kinds one says what is no number,
 * the other leaves a colour out.
 */
const motion = (kind: 'sound' | 'nan' | 'short'): OnnxFile => ({
  inputs: {
    ids: { type: 'int64', shape: [1, 32] },
    palette: { shape: [1, 3, 3] },
    hasPalette: { shape: [1, 1] },
    luck: { shape: [1, 121] },
    chance: { shape: [1, 16] },
    points: { shape: [1, 2, 32, 32, 6] },
    places: { shape: ['pixels', 2] },
    moments: { shape: ['frames'] },
  },
  constants: {
    kernel:
      kind === 'short'
        ? { shape: [1, 2, 1, 1], values: KERNEL.slice(1) }
        : { shape: [1, 3, 1, 1], values: KERNEL, file: 'motion-tiny.0.bin' },
    share: { shape: [1], values: [kind === 'nan' ? Number.NaN : 1 / 4096] },
  },
  nodes: [
    { type: 'Cast', inputs: ['ids'], output: 'numbers', attributes: { to: 1 } },
    ...['numbers', 'palette', 'hasPalette', 'luck', 'chance', 'points'].map((input) => ({
      type: 'ReduceMean',
      inputs: [input],
      output: `mean-${input}`,
      attributes: { keepdims: 0 },
    })),
    { type: 'Mul', inputs: ['mean-numbers', 'share'], output: 'said' },
    { type: 'Mul', inputs: ['mean-palette', 'mean-hasPalette'], output: 'tint' },
    { type: 'Sum', inputs: ['said', 'tint', 'mean-luck', 'mean-chance', 'mean-points'], output: 'wish' },
    { type: 'ReduceMean', inputs: ['places'], output: 'place', attributes: { axes: [1], keepdims: 0 } },
    { type: 'Einsum', inputs: ['moments', 'place'], output: 'path', attributes: { equation: 'f,p->fp' } },
    { type: 'Add', inputs: ['path', 'wish'], output: 'moved' },
    ...Array.from({ length: SLOWNESS }, (_, at) => ({
      type: at % 2 === 0 ? 'Sin' : 'Asin',
      inputs: [at === 0 ? 'moved' : `wave-${at}`],
      output: `wave-${at + 1}`,
    })),
    { type: 'Mul', inputs: ['kernel', `wave-${SLOWNESS}`], output: 'clip' },
  ],
  output: { name: 'clip', shape: [1, 3, 'frames', 'pixels'] },
});

/** Takes a little contrast away. */
const denoise: OnnxFile = {
  inputs: { x: { shape: CLIP } },
  constants: { less: { shape: [1], values: [0.96] } },
  nodes: [{ type: 'Mul', inputs: ['x', 'less'], output: 'y' }],
  output: { name: 'y', shape: CLIP },
};

/** Each colour of the first picture, then the mean of both: the picture and the moment half way. */
const HALF_WAY = [0, 1, 2, 3, 4, 5].flatMap((to) =>
  [0, 1, 2, 3, 4, 5].map((from) => (to < 3 ? Number(to === from) : Number(to % 3 === from % 3) / 2)),
);

/** Enlarges them five times. */
const upscale: OnnxFile = {
  inputs: { x: { shape: ['count', 6, 'height', 'width'] } },
  constants: { halfWay: { shape: [6, 6, 1, 1], values: HALF_WAY }, scales: { shape: [4], values: [1, 1, 5, 5] } },
  nodes: [
    { type: 'Conv', inputs: ['x', 'halfWay'], output: 'moments' },
    { type: 'Resize', inputs: ['moments', '', 'scales'], output: 'y', attributes: { mode: 'linear' } },
  ],
  output: { name: 'y', shape: ['count', 6, 'tall', 'wide'] },
};

/** Writes the three toys into `folder` as a bundle. */
export async function toyBundle(folder: string, kind: 'sound' | 'nan' | 'short' = 'sound'): Promise<LoadedBundle> {
  await mkdir(folder, { recursive: true });
  const files = {
    'motion-tiny.onnx': onnxFile(motion(kind)),
    'motion-tiny.0.bin': floatBytes(KERNEL),
    'denoise-tiny.onnx': onnxFile(denoise),
    'upscale-tiny.onnx': onnxFile(upscale),
  };
  await Promise.all(Object.entries(files).map(([name, bytes]) => writeFile(join(folder, name), bytes)));
  return { files: new Map(Object.keys(files).map((name) => [name, join(folder, name)])) };
}
