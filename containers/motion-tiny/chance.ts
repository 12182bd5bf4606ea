import { chance } from '../pixels/seeded-noise.ts';

/** Uniform numbers, 0 to 1, as models/training/motion_tiny.py names them. */
export interface Chance {
  /** One for each thing that words may say: what they leave open is drawn with it. */
  readonly luck: Float32Array;
  /** Where in its endless pattern a shot begins, and how it differs from others of its words. */
  readonly scene: Float32Array;
  /** Of the cells of two grids that travel with the motion, [2, 32, 32, 6]: where particles are, and how each looks. */
  readonly points: Float32Array;
}

/** Motifs, speeds, directions, densities, softnesses, and 32 colors in three roles. */
export const LUCK = 12 + 3 + 4 + 3 + 3 + 3 * 32;
export const SCENE = 16;
export const POINTS = [2, 32, 32, 6] as const;

/**
 * The noise of a shot: all of its windows are drawn from the same, at later moments, so that they are one motion. Depends on the seed and the
 * place alone, in integer arithmetic: any machine draws the same.
 */
export function chanceOf(seed: number): Chance {
  const count = POINTS.reduce((product, size) => product * size, 1);
  const numbers = Float32Array.from({ length: LUCK + SCENE + count }, (_, place) => chance(seed, place));
  return { luck: numbers.subarray(0, LUCK), scene: numbers.subarray(LUCK, LUCK + SCENE), points: numbers.subarray(LUCK + SCENE) };
}
