import { type Graph, type GraphFiles, type GraphOptions, openGraph } from '#adapters/inference/onnx-graph';
import { areaOf, type Canvas, MODEL_FRAMES, placesOf, SCALE } from './canvas.ts';
import { type Chance, LUCK, POINTS, SCENE } from './chance.ts';
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
  /** Why some of them run on the CPU though CUDA was asked for. */
  readonly fellBack: string | undefined;
  /** Frames of a shot at the given moments, in seconds: [3, moments, height, width], -1..1. */
  readonly motion: (moments: Float32Array, wish: Wish, chance: Chance, canvas: Canvas) => Promise<Float32Array>;
  /** The same clip without flicker, noise and block edges. */
  readonly denoise: (clip: Float32Array, canvas: Canvas) => Promise<Float32Array>;
  /** A frame and its neighbour to two larger pictures: the frame and the moment half way, one after the other. */
  readonly upscale: (pair: Float32Array, canvas: Canvas) => Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens what every window needs; the two that draw are opened by the first window that nobody drew before: a final after its preview needs none. */
export async function openNetworks(files: NetworkFiles, options: GraphOptions): Promise<Networks> {
  const graphs: Graph[] = [];
  const close = async (): Promise<void> => {
    for (const graph of graphs.splice(0)) await graph.close();
  };
  const open = async (network: NetworkName): Promise<Graph> => {
    const graph = await openGraph(files[network], options);
    graphs.push(graph);
    return graph;
  };
  /** One after another: nothing runs while another is still being opened. */
  const onFirstUse = (network: NetworkName): Run => {
    let graph: Promise<Graph> | undefined;
    return async (feeds) => {
      graph ??= open(network);
      return (await graph).run(feeds);
    };
  };
  const upscale = await open('upscale-tiny');
  return { ...networksOf(onFirstUse('motion-tiny'), onFirstUse('denoise-tiny'), upscale.run), fellBack: upscale.fellBack, close };
}

type Run = Graph['run'];

function networksOf(motion: Run, denoise: Run, upscale: Run): Omit<Networks, 'fellBack' | 'close'> {
  const clipShape = ({ width, height }: Canvas): number[] => [1, 3, MODEL_FRAMES, height, width];
  return {
    motion: async (moments, { words, colors }, { luck, scene, points }, canvas) =>
      sized(
        await motion({
          ids: { values: tokenIds(words), shape: [1, TOKENS] },
          palette: { values: paletteOf(colors), shape: [1, 3, 3] },
          hasPalette: { values: Float32Array.of(1), shape: [1, 1] },
          luck: { values: luck, shape: [1, LUCK] },
          chance: { values: scene, shape: [1, SCENE] },
          points: { values: points, shape: [1, ...POINTS] },
          places: { values: placesOf(canvas), shape: [areaOf(canvas), 2] },
          moments: { values: moments, shape: [moments.length] },
        }),
        3 * moments.length * areaOf(canvas),
        'motion-tiny',
      ),
    denoise: async (clip, canvas) => sized(await denoise({ x: { values: clip, shape: clipShape(canvas) } }), clip.length, 'denoise-tiny'),
    upscale: async (pair, canvas) =>
      sized(
        await upscale({ x: { values: pair, shape: [1, 6, canvas.height, canvas.width] } }),
        6 * areaOf(canvas) * SCALE * SCALE,
        'upscale-tiny',
      ),
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
