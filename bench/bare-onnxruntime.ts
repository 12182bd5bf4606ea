import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { GraphFiles } from '#adapters/inference/onnx-graph';
import { onnxRuntime } from '#adapters/inference/onnx-runtime';
import { MODEL_FRAMES, placesOf, STEP_FRAMES, STEPS } from '../containers/motion-tiny/canvas.ts';
import { chanceOf, LUCK, POINTS, SCENE } from '../containers/motion-tiny/chance.ts';
import { NETWORKS, type NetworkFiles, type NetworkName } from '../containers/motion-tiny/networks.ts';
import { tokenIds } from '../containers/motion-tiny/tokenizer.ts';

/** How often a window asks each network. */
export const RUNS: Readonly<Record<NetworkName, number>> = {
  'motion-tiny': STEPS,
  'denoise-tiny': 1,
  'upscale-tiny': MODEL_FRAMES,
};

/** What one window costs when nothing is done but ask the networks, with tensors that are ready and answers that are dropped. */
export async function bareOnnxruntime(files: NetworkFiles, words: string): Promise<Readonly<Record<NetworkName, () => Promise<void>>>> {
  const { InferenceSession, Tensor } = await onnxRuntime();
  const open = ({ graph, shards }: GraphFiles): Promise<InferenceSession> =>
    InferenceSession.create(graph, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      externalData: [...shards.values()].map((file) => ({ path: basename(file), data: readFileSync(file) })),
    });
  const clip = new Tensor('float32', new Float32Array(3 * MODEL_FRAMES * 72 * 128).fill(0.1), [1, 3, MODEL_FRAMES, 72, 128]);
  const { luck, scene, points } = chanceOf(1);
  const ids = tokenIds(words);
  const feeds = {
    'motion-tiny': {
      ids: new Tensor('int64', ids, [1, ids.length]),
      luck: new Tensor('float32', luck, [1, LUCK]),
      chance: new Tensor('float32', scene, [1, SCENE]),
      points: new Tensor('float32', points, [1, ...POINTS]),
      places: new Tensor('float32', placesOf({ width: 128, height: 72 }), [72 * 128, 2]),
      moments: new Tensor('float32', new Float32Array(STEP_FRAMES).fill(0.5), [STEP_FRAMES]),
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
