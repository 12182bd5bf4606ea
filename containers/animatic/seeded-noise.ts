/** A number in [0, 1) from a seed and a place; integer arithmetic (a 32-bit finalizer with full avalanche), the same everywhere. */
export function chance(seed: number, place: number): number {
  let bits = (seed ^ Math.imul(place + 0x9e3779b9, 0x85ebca6b)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return ((bits ^ (bits >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** A number between two ends. */
export const between = (seed: number, place: number, low: number, high: number): number => low + (high - low) * chance(seed, place);

/** Smooth noise along a line, -1..1, one random value a unit. */
export function drift(seed: number, position: number): number {
  const cell = Math.floor(position);
  const t = position - cell;
  const s = t * t * (3 - 2 * t);
  const a = chance(seed, cell);
  return 2 * (a + (chance(seed, cell + 1) - a) * s) - 1;
}
