import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { GraphFiles } from '#adapters/inference/onnx-graph';
import { onnxRuntime } from '#adapters/inference/onnx-runtime';
import { MODEL_FRAMES, SLOTS } from '../containers/motion-tiny/canvas.ts';
import { NETWORKS, type NetworkFiles, type NetworkName } from '../containers/motion-tiny/networks.ts';
import { GUIDED_STEPS, STEPS } from '../containers/motion-tiny/schedule.ts';
import { TOKENS } from '../containers/motion-tiny/tokenizer.ts';

/** How often a window asks each network. */
export const RUNS: Readonly<Record<NetworkName, number>> = {
  'motion-tiny': STEPS + GUIDED_STEPS,
  'denoise-tiny': 1,
  'upscale-tiny': MODEL_FRAMES,
};

/** What one window costs when nothing is done but ask the networks, with tensors that are ready and answers that are dropped. */
export async function bareOnnxruntime(files: NetworkFiles): Promise<Readonly<Record<NetworkName, () => Promise<void>>>> {
  const { InferenceSession, Tensor } = await onnxRuntime();
  const open = ({ graph, shards }: GraphFiles): Promise<InferenceSession> =>
    InferenceSession.create(graph, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      externalData: [...shards.values()].map((file) => ({ path: basename(file), data: readFileSync(file) })),
    });
  const clip = new Tensor('float32', new Float32Array(3 * MODEL_FRAMES * 72 * 128).fill(0.1), [1, 3, MODEL_FRAMES, 72, 128]);
  const feeds = {
    'motion-tiny': {
      x: clip,
      t: new Tensor('float32', new Float32Array(SLOTS).fill(0.5), [1, SLOTS]),
      ids: new Tensor('int64', new BigInt64Array(TOKENS).fill(7n), [1, TOKENS]),
      palette: new Tensor('float32', new Float32Array(9), [1, 3, 3]),
      hasPalette: new Tensor('float32', Float32Array.of(1), [1, 1]),
    },
    'denoise-tiny': { x: clip },
    'upscale-tiny': { x: new Tensor('float32', new Float32Array(6 * 72 * 128), [1, 6, 72, 128]) },
  };
  const [motion, denoise, upscale] = await Promise.all(NETWORKS.map((network) => open(files[network])));
  const asked = (session: InferenceSession | undefined, network: NetworkName) => async (): Promise<void> => {
    for (let run = 0; run < RUNS[network]; run++) await session?.run(feeds[network]);
  };
  return {
    'motion-tiny': asked(motion, 'motion-tiny'),
    'denoise-tiny': asked(denoise, 'denoise-tiny'),
    'upscale-tiny': asked(upscale, 'upscale-tiny'),
  };
}
