import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedBundle } from '../../../containers/harness/motion-backend.ts';
import { floatBytes, type OnnxFile, onnxFile } from './onnx-file.ts';

const CLIP = [1, 3, 16, 'height', 'width'] as const;
/** How much a frame takes from the one before, from itself and from the next, for each colour. In a file of its own, as real weights are. */
const KERNEL = [0.3, 0.5, 0.1, 0.4, 0.4, 0.1, 0.2, 0.5, 0.2];

/**
 * Stands in for motion-tiny: a clip that depends on every input, and of which each frame leans on its neighbours, so that a context
 * makes a difference. Of the wrong kinds one says what is no number, the other leaves frames out.
 */
const motion = (kind: 'sound' | 'nan' | 'short'): OnnxFile => ({
  inputs: {
    x: { shape: CLIP },
    t: { shape: [1, 8] },
    ids: { type: 'int64', shape: [1, 32] },
    palette: { shape: [1, 3, 3] },
    hasPalette: { shape: [1, 1] },
  },
  constants: {
    kernel: { shape: [3, 1, 3, 1, 1], values: KERNEL, file: 'motion-tiny.0.bin' },
    share: { shape: [1], values: [kind === 'nan' ? Number.NaN : 1 / 4096] },
  },
  nodes: [
    {
      type: 'Conv',
      inputs: ['x', 'kernel'],
      output: 'blent',
      attributes: { group: 3, pads: kind === 'short' ? [0, 0, 0, 0, 0, 0] : [1, 0, 0, 1, 0, 0] },
    },
    { type: 'Cast', inputs: ['ids'], output: 'numbers', attributes: { to: 1 } },
    { type: 'ReduceMean', inputs: ['numbers'], output: 'word', attributes: { keepdims: 0 } },
    { type: 'Mul', inputs: ['word', 'share'], output: 'said' },
    { type: 'ReduceMean', inputs: ['palette'], output: 'color', attributes: { keepdims: 0 } },
    { type: 'ReduceMean', inputs: ['hasPalette'], output: 'known', attributes: { keepdims: 0 } },
    { type: 'Mul', inputs: ['color', 'known'], output: 'tint' },
    { type: 'ReduceMean', inputs: ['t'], output: 'level', attributes: { keepdims: 0 } },
    { type: 'Sum', inputs: ['said', 'tint', 'level'], output: 'wish' },
    { type: 'Add', inputs: ['blent', 'wish'], output: 'moved' },
    { type: 'Tanh', inputs: ['moved'], output: 'x0' },
  ],
  output: { name: 'x0', shape: [1, 3, 'frames', 'height', 'width'] },
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
