import { bell, sine } from '../../pixels/exact-math.ts';
import { between } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';

/** Folds of silk, lit from above: bright where the cloth turns to the lamp, deep in the folds. */
export const waves: MakePainter = (seed) => {
  const phase = between(seed, 1, 0, 1);
  const tilt = between(seed, 2, 0.25, 0.55) * (between(seed, 3, 0, 1) < 0.5 ? -1 : 1);
  return (field, seconds, view) => {
    const slow = phase + seconds * 0.04;
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const bend = 0.2 * sine(0.42 * x + slow) + 0.09 * sine(0.9 * x - 0.5 * y + slow * 1.7);
      const across = y + tilt * x + bend;
      const fold = 0.62 * sine(across * 1.25 + slow) + 0.38 * sine(across * 2.6 - slow * 1.3 + 0.35 * sine(0.6 * x + phase));
      const slope = 0.62 * sine(across * 1.25 + slow + 0.25) + 0.38 * sine(across * 2.6 - slow * 1.3 + 0.25 + 0.35 * sine(0.6 * x + phase));
      const lit = 0.5 + 0.5 * slope;
      const sheen = lit * lit * lit;
      const lamp = 0.45 + 0.55 * bell(Math.sqrt(x * x * 0.5 + (y + 0.2) * (y + 0.2)) / 1.2);
      base[index] = 0.35 + 0.95 * lit * lamp;
      accent[index] = lamp * (0.05 + 0.6 * lit * lit * (0.55 + 0.45 * fold));
      light[index] = lamp * 0.34 * sheen * sheen * (0.6 + 0.4 * fold);
    });
  };
};
