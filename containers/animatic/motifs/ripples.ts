import { bell, sine, smoothstep } from '../../pixels/exact-math.ts';
import { between } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';

const DROPS = 3;
/** Each place gets a drop every 5 s; rings spread at 0.22 short sides a second and are gone before the next. */
const PERIOD = 5;
const SPEED = 0.22;

/** Rings from drops on a dark, still liquid, seen low across the surface; crests catch the lamp. */
export const ripples: MakePainter = (seed) => {
  const drops = Array.from({ length: DROPS }, (_, index) => ({
    x: between(seed, index * 8 + 1, -0.6, 0.6),
    y: between(seed, index * 8 + 2, -0.1, 0.42),
    late: (index + between(seed, index * 8 + 3, 0, 0.6)) / DROPS,
  }));
  return (field, seconds, view) => {
    const rings = drops.map(({ x, y, late }) => {
      const age = (seconds / PERIOD + late - Math.floor(seconds / PERIOD + late)) * PERIOD;
      return { x, y, front: SPEED * age, force: smoothstep(0, 0.5, age) * smoothstep(PERIOD, PERIOD * 0.55, age) };
    });
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      let slope = 0.22 * sine(0.8 * x + 2.1 * y + 0.06 * seconds) + 0.16 * sine(1.7 * x - 1.1 * y - 0.05 * seconds);
      for (const ring of rings) {
        const dx = x - ring.x;
        const dy = (y - ring.y) * 2.1; // seen from a low camera, circles are ellipses
        const behind = ring.front - Math.sqrt(dx * dx + dy * dy);
        if (behind < -0.08 || behind > 0.5) continue;
        slope += 0.9 * ring.force * smoothstep(-0.08, 0.02, behind) * bell(behind / 0.5) * sine(behind * 6);
      }
      const lamp = bell(Math.sqrt(0.55 * x * x + (y + 0.1) * (y + 0.1)) / 1.05);
      const lit = Math.max(0, 0.34 + 0.52 * slope);
      base[index] = 0.35 + 0.45 * lamp + 0.5 * lit;
      accent[index] = lamp * (0.03 + 0.8 * lit * lit);
      light[index] = lamp * 0.5 * lit * lit * lit * lit;
    });
  };
};
