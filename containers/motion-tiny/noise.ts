import { logarithm } from '../pixels/exact-math.ts';
import { chance } from '../pixels/seeded-noise.ts';

/** Tries a pair may take: each fails with 21 %, all with 1e-21. A power of two, so that no two pairs share a draw. */
const TRIES = 32;

/**
 * Normally distributed numbers from a seed and their place alone, by Marsaglia's polar method, in operations that IEEE 754 defines to the
 * last bit: any machine starts a window from the same bytes.
 */
export function gaussianNoise(seed: number, count: number): Float32Array {
  const noise = new Float32Array(count);
  for (let at = 0; at < count; at += 2) {
    const [one, other] = gaussianPair(seed, at >> 1);
    noise[at] = one;
    if (at + 1 < count) noise[at + 1] = other;
  }
  return noise;
}

function gaussianPair(seed: number, pair: number): [number, number] {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const place = (pair * TRIES + attempt) * 2;
    const x = 2 * chance(seed, place) - 1;
    const y = 2 * chance(seed, place + 1) - 1;
    const radius = x * x + y * y;
    if (radius >= 1 || radius === 0) continue;
    const factor = Math.sqrt((-2 * logarithm(radius)) / radius);
    return [x * factor, y * factor];
  }
  return [0, 0];
}
