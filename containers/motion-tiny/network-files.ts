import type { GraphFiles } from '#adapters/inference/onnx-graph';
import { contractViolated } from '#domain/errors';
import type { LoadedBundle } from '../harness/motion-backend.ts';
import type { NetworkFiles, NetworkName } from './networks.ts';

/** Finds each network's graph and the files of its weights in a bundle: `<network>.onnx` and `<network>.<n>.bin`. */
export function networkFiles({ files }: LoadedBundle): NetworkFiles {
  const of = (network: NetworkName): GraphFiles => {
    const graph = files.get(`${network}.onnx`);
    if (!graph)
      throw contractViolated('the bundle of motion-tiny', `expected ${network}.onnx, found ${[...files.keys()].join(', ') || 'no files'}`);
    return { graph, shards: new Map([...files].filter(([name]) => name.startsWith(`${network}.`) && name.endsWith('.bin'))) };
  };
  return { 'motion-tiny': of('motion-tiny'), 'denoise-tiny': of('denoise-tiny'), 'upscale-tiny': of('upscale-tiny') };
}
