/**
 * Curves made of +, -, *, / and square roots only. IEEE 754 defines those to the last bit, so frames are equal on every
 * processor; `Math.sin` and `Math.pow` are only promised to be close.
 */

/** Sine of a number of turns: 0.25 is the crest. Error below 0.0011, far under one step of an 8-bit picture. */
export function sine(turns: number): number {
  const phase = turns - Math.floor(turns + 0.5); // -0.5..0.5
  const arch = phase * (8 - 16 * Math.abs(phase));
  return arch * (0.775 + 0.225 * Math.abs(arch));
}

export const cosine = (turns: number): number => sine(turns + 0.25);

/** 0 below `from`, 1 above `to`, an S in between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** A bell that is 1 at 0 and exactly 0 from 1 on: light with an end, so nothing is drawn where nothing shows. */
export function bell(distance: number): number {
  const rest = 1 - distance * distance;
  return rest > 0 ? rest * rest * rest : 0;
}

export const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

/** `base` to a power of 0..4, base 0..1, by square roots: one root a binary digit, 20 digits. */
export function power(base: number, exponent: number): number {
  let result = 1;
  for (let whole = Math.floor(exponent); whole > 0; whole--) result *= base;
  let rest = exponent - Math.floor(exponent);
  let root = base;
  for (let digit = 0; digit < 20; digit++) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      result *= root;
      rest -= 1;
    }
  }
  return result;
}
