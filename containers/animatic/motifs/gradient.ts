import { bell, sine } from '../../pixels/exact-math.ts';
import { between } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';

/** Two wide lamps behind a seamless backdrop, circling slowly past each other. */
export const gradient: MakePainter = (seed) => {
  const phase = between(seed, 1, 0, 1);
  const side = between(seed, 2, 0, 1) < 0.5 ? -1 : 1;
  return (field, seconds, view) => {
    const turn = phase + seconds * 0.045; // one round in 22 s: a shot sees a clear but calm part of it
    const warmX = side * (0.42 + 0.16 * sine(turn));
    const warmY = -0.12 + 0.14 * sine(turn + 0.25);
    const coolX = -side * (0.5 + 0.14 * sine(turn + 0.4));
    const coolY = 0.26 + 0.1 * sine(turn + 0.1);
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const warm = bell(Math.sqrt((x - warmX) * (x - warmX) + 1.3 * (y - warmY) * (y - warmY)) / 1.15);
      const cool = bell(Math.sqrt(0.8 * (x - coolX) * (x - coolX) + (y - coolY) * (y - coolY)) / 0.95);
      const floor = bell((y - 0.5) / 0.75);
      base[index] = 0.6 + 0.7 * floor + 0.8 * cool;
      accent[index] = 0.72 * warm + 0.16 * cool;
      light[index] = 0.15 * warm * warm * warm;
    });
  };
};
