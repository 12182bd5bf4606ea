/** A number in [0, 1) from a seed and a place; integer arithmetic (a 32-bit finalizer with full avalanche), the same everywhere. */
export function chance(seed: number, place: number): number {
  let bits = (seed ^ Math.imul(place + 0x9e3779b9, 0x85ebca6b)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return ((bits ^ (bits >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** A number between two ends. */
export const between = (seed: number, place: number, low: number, high: number): number => low + (high - low) * chance(seed, place);

/** Random values before the line repeats, a power of two; the longest shot uses fewer. */
const PERIOD = 256;

/** Smooth noise along a line, -1..1, with one random value a unit. */
export function driftOf(seed: number): (position: number) => number {
  const values = Float32Array.from({ length: PERIOD }, (_, place) => 2 * chance(seed, place) - 1);
  return (position) => {
    const cell = Math.floor(position);
    const t = position - cell;
    const a = values[cell & (PERIOD - 1)] ?? 0;
    return a + ((values[(cell + 1) & (PERIOD - 1)] ?? 0) - a) * t * t * (3 - 2 * t);
  };
}
