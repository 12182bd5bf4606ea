import type { Raster } from '#domain/ports';
import { openLoops, PIECE } from './loops.ts';
import { tapsOf } from './taps.ts';

/** Part of a picture in pixels: from `left`, `top`, to the right and down. Edges may lie between pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const whole = ({ width, height }: Raster): Region => ({ left: 0, top: 0, width, height });

type Three = readonly [number, number, number];
/** How a network wants its numbers. */
export interface Manner {
  readonly colours: 'rgb' | 'bgr';
  /** Everything of one colour, row by row, and then of the next; or all colours of one pixel after the other. */
  readonly by: 'planes' | 'pixels';
  /** What red, green and blue, 0 to 255, are lessened by, and what they are then divided by. */
  readonly less: Three;
  readonly over: Three;
}
/** Planes of red, green and blue, 0 to 255. */
export const AS_IT_IS: Manner = { colours: 'rgb', by: 'planes', less: [0, 0, 0], over: [1, 1, 1] };

const FLOAT = 4;
/** The loops read whole vectors: up to this many bytes more than they need. */
const SLACK = 16;
const ALIGNED = 16;
/** WebAssembly's memory grows by pages. */
const PAGE = 65_536;

let workbench: ReturnType<typeof openLoops> | undefined;

/**
 * The part of a picture stretched to `width` x `height`, as numbers for a network. Shrinking averages over the area a pixel covers, so that
 * thin letters grow pale instead of vanishing; enlarging is bilinear. What lies outside is the edge.
 */
export function scaled(
  picture: Raster,
  width: number,
  height: number,
  { region = whole(picture), manner = AS_IT_IS }: { readonly region?: Region; readonly manner?: Manner } = {},
): Float32Array {
  const { channels, data } = picture;
  const stride = picture.width * channels;
  if (channels === 1) throw new RangeError('expected a picture with colours, found one channel');
  if (data.length !== stride * picture.height || data.length === 0)
    throw new RangeError(`expected ${stride * picture.height} bytes of ${picture.width}x${picture.height}, found ${data.length}`);
  const columns = tapsOf(region.left, region.width, width, picture.width);
  const rows = tapsOf(region.top, region.height, height, picture.height);
  const pieces = Math.ceil(((columns.end - columns.begin) * channels) / PIECE);
  const numbers = 3 * width * height;

  workbench ??= openLoops();
  const { loops, memory } = workbench;
  let end = 0;
  const place = (bytes: number): number => {
    const at = end;
    end = Math.ceil((at + bytes + SLACK) / ALIGNED) * ALIGNED;
    return at;
  };
  const places = {
    tint: place(8 * FLOAT),
    firsts: place(width * FLOAT),
    across: place(columns.weights.byteLength),
    down: place(rows.weights.byteLength),
    row: place((pieces * PIECE + columns.room * channels) * FLOAT),
    source: place((rows.end - rows.begin) * stride),
    result: place(numbers * FLOAT),
  };
  if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  const { less, over } = manner;
  floats(places.tint, 8).set([1 / over[0], 1 / over[1], 1 / over[2], 0, -less[0] / over[0], -less[1] / over[1], -less[2] / over[2], 0]);
  new Int32Array(memory.buffer, places.firsts, width).set(
    columns.first.map((first) => places.row + (first - columns.begin) * channels * FLOAT),
  );
  floats(places.across, columns.weights.length).set(columns.weights);
  floats(places.down, rows.weights.length).set(rows.weights);
  floats(places.row, pieces * PIECE + columns.room * channels).fill(0); // what is left over weighs nothing, but has to be a number
  new Uint8Array(memory.buffer, places.source).set(data.subarray(rows.begin * stride, rows.end * stride));

  const [plane, step] = manner.by === 'planes' ? [width * height, 1] : [1, 3];
  const [red, next] = manner.colours === 'rgb' ? [0, plane] : [2 * plane, -plane];
  for (let y = 0; y < height; y++) {
    const from = places.source + (rows.first[y]! - rows.begin) * stride + columns.begin * channels;
    loops.down(from, stride, rows.count[y]!, places.down + y * rows.room * FLOAT, places.row, pieces);
    const to = places.result + (red + y * width * step) * FLOAT;
    loops.across(places.firsts, places.across, columns.room, channels * FLOAT, places.tint, to, next * FLOAT, step * FLOAT, width);
  }
  return floats(places.result, numbers).slice();
}
