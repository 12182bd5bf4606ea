import { bell, sine } from '../../pixels/exact-math.ts';
import { between, driftOf } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';

/** A strip light passes every 7 s, and a fainter one between: a 3 s shot sees one of them cross the product. */
const PERIOD = 7;
/** It turns round this far from the centre, where a 21:9 picture no longer sees its widest light. */
const FAR = 2.4;

/** Brushed metal under a strip light that glides across it. */
export const lightSweep: MakePainter = (seed) => {
  const first = between(seed, 1, 0.22, 0.5);
  const lean = between(seed, 2, 0.32, 0.5);
  const broad = driftOf(seed + 7);
  const fine = driftOf(seed + 8);
  return (field, seconds, view) => {
    const place = first + seconds / PERIOD;
    const centre = FAR * (2 * (place - Math.floor(place)) - 1);
    const second = FAR * (2 * (place + 0.45 - Math.floor(place + 0.45)) - 1);
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const across = x + y * lean;
      const grain = 0.035 * broad(y * 19) + 0.03 * fine(y * 46);
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
