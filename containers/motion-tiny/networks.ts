import { type Graph, type GraphFiles, type GraphOptions, openGraph } from '#adapters/inference/onnx-graph';
import { areaOf, type Canvas, MODEL_FRAMES, SCALE, SLOTS } from './canvas.ts';
import { TOKENS, tokenIds } from './tokenizer.ts';

/** The three networks of the engine; each is a component of its own, with its own version. */
export const NETWORKS = ['motion-tiny', 'denoise-tiny', 'upscale-tiny'] as const;
export type NetworkName = (typeof NETWORKS)[number];
export type NetworkFiles = Readonly<Record<NetworkName, GraphFiles>>;

/** What a window is asked to show. */
export interface Wish {
  /** The shot in the model's words. */
  readonly words: string;
  /** Base, accent and light as `#rrggbb`. */
  readonly colors: readonly string[];
}

export interface Networks {
  /** The clean clip in a noisy one. */
  readonly motion: (clip: Float32Array, levels: Float32Array, wish: Wish, canvas: Canvas) => Promise<Float32Array>;
  /** The same clip without flicker, noise and block edges. */
  readonly denoise: (clip: Float32Array, canvas: Canvas) => Promise<Float32Array>;
  /** A frame and its neighbour to two larger pictures: the frame and the moment half way, one after the other. */
  readonly upscale: (pair: Float32Array, canvas: Canvas) => Promise<Float32Array>;
  close(): Promise<void>;
}

export async function openNetworks(files: NetworkFiles, options: GraphOptions): Promise<Networks> {
  const graphs: Graph[] = [];
  const close = async (): Promise<void> => {
    for (const graph of graphs) await graph.close();
  };
  const open = async (network: NetworkName): Promise<Graph> => {
    const graph = await openGraph(files[network], options);
    graphs.push(graph);
    return graph;
  };
  try {
    // One after another: when one fails, none is still being opened.
    return networksOf(await open('motion-tiny'), await open('denoise-tiny'), await open('upscale-tiny'), close);
  } catch (error) {
    await close();
    throw error;
  }
}

function networksOf(motion: Graph, denoise: Graph, upscale: Graph, close: () => Promise<void>): Networks {
  const clipShape = ({ width, height }: Canvas): number[] => [1, 3, MODEL_FRAMES, height, width];
  return {
    motion: async (clip, levels, { words, colors }, canvas) =>
      sized(
        await motion.run({
          x: { values: clip, shape: clipShape(canvas) },
          t: { values: levels, shape: [1, SLOTS] },
          ids: { values: tokenIds(words), shape: [1, TOKENS] },
          palette: { values: paletteOf(colors), shape: [1, 3, 3] },
          hasPalette: { values: Float32Array.of(1), shape: [1, 1] },
        }),
        clip.length,
        'motion-tiny',
      ),
    denoise: async (clip, canvas) =>
      sized(await denoise.run({ x: { values: clip, shape: clipShape(canvas) } }), clip.length, 'denoise-tiny'),
    upscale: async (pair, canvas) =>
      sized(
        await upscale.run({ x: { values: pair, shape: [1, 6, canvas.height, canvas.width] } }),
        6 * areaOf(canvas) * SCALE * SCALE,
        'upscale-tiny',
      ),
    close,
  };
}

/** Three colors as the model reads them: red, green, blue, -1..1. */
function paletteOf(colors: readonly string[]): Float32Array {
  const channels = colors.flatMap((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 127.5 - 1));
  return Float32Array.from(channels);
}

function sized(values: Float32Array, expected: number, network: NetworkName): Float32Array {
  if (values.length !== expected) throw new Error(`expected ${expected} numbers from ${network}, found ${values.length}`);
  return values;
}
