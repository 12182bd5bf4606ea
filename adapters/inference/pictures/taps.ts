/** For each pixel of the result along one axis: where its pixels begin in the source, how many they are, and what each of them weighs. */
export interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `room` a pixel of the result; those that it does not need are 0. The weights of one pixel sum up to 1. */
  readonly weights: Float32Array;
  readonly room: number;
  /** The first pixel of the source that anyone needs, and the one after the last. */
  readonly begin: number;
  readonly end: number;
}

/** What lies outside weighs next to nothing, so that where nothing else is the edge is taken. */
const NEXT_TO_NOTHING = 1e-6;

/**
 * `count` pixels out of the `length` pixels that begin at `from`, of a source of `limit`. Shrinking: a pixel is the mean of what it covers.
 * Enlarging: a tent over the two nearest.
 */
export function tapsOf(from: number, length: number, count: number, limit: number): Taps {
  const step = length / count;
  const most = Math.ceil(Math.max(step, 1)) + 1;
  const taps = { first: new Int32Array(count), count: new Int32Array(count), weights: new Float32Array(count * most) };
  for (let index = 0; index < count; index++) {
    const middle = from + (index + 0.5) * step;
    const nearest = Math.floor(middle - 0.5);
    const [low, high] = step >= 1 ? [middle - step / 2, middle + step / 2] : [nearest, nearest + 2];
    const begin = Math.min(Math.max(Math.floor(low), 0), limit - 1);
    const end = Math.min(Math.max(Math.ceil(high), begin + 1), limit, begin + most);
    let sum = 0;
    for (let source = begin; source < end; source++) {
      const weight = step >= 1 ? Math.min(high, source + 1) - Math.max(low, source) : 1 - Math.abs(source + 0.5 - middle);
      taps.weights[index * most + source - begin] = Math.max(weight, NEXT_TO_NOTHING);
      sum += Math.max(weight, NEXT_TO_NOTHING);
    }
    for (let tap = index * most; tap < index * most + end - begin; tap++) taps.weights[tap]! /= sum;
    taps.first[index] = begin;
    taps.count[index] = end - begin;
  }
  const last = count - 1;
  return { ...taps, room: most, begin: taps.first[0] ?? 0, end: (taps.first[last] ?? 0) + (taps.count[last] ?? 0) };
}
