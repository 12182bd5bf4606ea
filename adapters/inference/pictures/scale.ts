import type { Raster } from '#domain/ports';

/** Part of a picture in pixels: from `left`, `top`, to the right and down. Edges may lie between pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** For each pixel of the result: where its pixels begin in the source, and what each of them weighs. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  /** Weights a pixel has room for. */
  readonly room: number;
}

/**
 * The part of a picture stretched to `width` x `height`, as planes: red, green, blue, each row by row, 0 to 255. Shrinking averages over
 * the area a pixel covers, so that thin letters grow pale instead of vanishing; enlarging is bilinear. What lies outside is the edge.
 */
export function scaledPlanes(picture: Raster, width: number, height: number, region: Region = whole(picture)): Float32Array {
  const { channels } = picture;
  if (channels === 1) throw new RangeError('expected a picture with colours, found one channel');
  if (picture.data.length !== picture.width * picture.height * channels)
    throw new RangeError(
      `expected ${picture.width * picture.height * channels} bytes of ${picture.width}x${picture.height}, found ${picture.data.length}`,
    );
  const across = taps(region.left, region.width, width, picture.width);
  const down = taps(region.top, region.height, height, picture.height);
  const area = width * height;
  const planes = new Float32Array(3 * area);
  const rows = new Map<number, Float32Array>();
  for (let y = 0; y < height; y++) {
    const from = down.first[y]!;
    for (const row of rows.keys()) if (row < from) rows.delete(row);
    for (let tap = 0; tap < down.room; tap++) {
      const weight = down.weights[y * down.room + tap]!;
      if (weight === 0) continue;
      let row = rows.get(from + tap);
      if (!row) {
        row = scaledRow(picture, from + tap, width, across);
        rows.set(from + tap, row);
      }
      const at = y * width;
      for (let plane = 0; plane < 3; plane++) {
        const [to, source] = [plane * area + at, plane * width];
        for (let x = 0; x < width; x++) planes[to + x]! += weight * row[source + x]!;
      }
    }
  }
  return planes;
}

export const whole = ({ width, height }: Raster): Region => ({ left: 0, top: 0, width, height });

function scaledRow({ data, width: stride, channels }: Raster, y: number, width: number, { first, weights, room }: Taps): Float32Array {
  const row = new Float32Array(3 * width);
  const start = y * stride * channels;
  for (let x = 0; x < width; x++) {
    let [red, green, blue] = [0, 0, 0];
    for (let tap = 0; tap < room; tap++) {
      const weight = weights[x * room + tap]!;
      if (weight === 0) break;
      const at = start + (first[x]! + tap) * channels;
      red += weight * data[at]!;
      green += weight * data[at + 1]!;
      blue += weight * data[at + 2]!;
    }
    row[x] = red;
    row[width + x] = green;
    row[2 * width + x] = blue;
  }
  return row;
}

function taps(from: number, length: number, count: number, limit: number): Taps {
  const step = length / count;
  const room = Math.ceil(Math.max(step, 1)) + 2;
  const first = new Int32Array(count);
  const weights = new Float32Array(count * room);
  for (let index = 0; index < count; index++) {
    // Enlarging: a tent of two pixels around the middle. Shrinking: the pixels under [low, high).
    const middle = from + (index + 0.5) * step;
    const [low, high] = step >= 1 ? [middle - step / 2, middle + step / 2] : [middle - 1, middle + 1];
    const begin = Math.min(Math.max(Math.floor(low), 0), limit - 1);
    const end = Math.min(Math.max(Math.ceil(high), begin + 1), limit, begin + room);
    let sum = 0;
    for (let source = begin; source < end; source++) {
      const weight = step >= 1 ? Math.min(high, source + 1) - Math.max(low, source) : Math.max(0, 1 - Math.abs(source + 0.5 - middle));
      weights[index * room + source - begin] = Math.max(weight, 1e-6);
      sum += Math.max(weight, 1e-6);
    }
    first[index] = begin;
    for (let tap = 0; tap < end - begin; tap++) weights[index * room + tap]! /= sum;
  }
  return { first, weights, room };
}
