import { bell, sine } from '../exact-math.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';
import { between, drift } from '../seeded-noise.ts';

/** A strip light passes every 6 s: a 3 s shot sees it at least half way. */
const PERIOD = 6;

/** Brushed metal under a strip light that glides across it. */
export const lightSweep: MakePainter = (seed) => {
  const first = between(seed, 1, 0.2, 0.5);
  const lean = between(seed, 2, 0.32, 0.5);
  return (field, seconds, view) => {
    const place = first + seconds / PERIOD;
    const centre = -1.9 + 3.8 * (place - Math.floor(place));
    const second = -1.9 + 3.8 * (place + 0.45 - Math.floor(place + 0.45));
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const across = x + y * lean;
      const grain = 0.06 * drift(seed + 7, y * 46) + 0.04 * drift(seed + 8, y * 19);
      const wide = bell((across - centre) / 0.85);
      const core = bell((across - centre) / 0.2);
      const follow = bell((across - second) / 0.4);
      const horizon = bell((y - 0.2) / 0.6);
      const sheen = 1 + grain + 0.06 * sine(across * 0.7);
      base[index] = (0.55 + 0.75 * horizon) * sheen;
      accent[index] = (0.1 * horizon + 0.55 * wide * (0.35 + 0.65 * horizon) + 0.16 * follow) * sheen;
      light[index] = (0.42 * core * (0.3 + 0.7 * horizon) + 0.05 * wide) * sheen;
    });
  };
};
