import { bell, mix, smoothstep } from '../../pixels/exact-math.ts';
import { between, driftOf } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';

/** Low sun from beyond an upper corner: broad beams that slowly trade places. */
export const rays: MakePainter = (seed) => {
  const side = between(seed, 1, 0, 1) < 0.5 ? -1 : 1;
  const sunX = side * between(seed, 2, 0.75, 0.95);
  const sunY = between(seed, 3, -0.85, -0.7);
  const wide = driftOf(seed + 11);
  const narrow = driftOf(seed + 12);
  return (field, seconds, view) => {
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const dx = (x - sunX) * -side;
      const dy = y - sunY;
      const distance = Math.sqrt(dx * dx + dy * dy);
      // Slope of the line to the sun, bounded: an angle without an arc tangent.
      const angle = dy / (distance + 0.35 * Math.abs(dx) + 0.001);
      const broad = 0.5 + 0.5 * wide(angle * 6.5 + 0.1 * seconds);
      const fine = 0.5 + 0.5 * narrow(angle * 15 - 0.14 * seconds);
      const beams = smoothstep(0.2, 0.95, mix(broad, fine, 0.34));
      const reach = bell(distance / 2.3);
      const sun = bell(distance / 0.95);
      base[index] = 0.55 + 0.7 * reach;
      accent[index] = 0.05 * reach + 0.72 * reach * reach * beams + 0.5 * sun;
      light[index] = 0.13 * reach * reach * beams + 0.5 * sun * sun;
    });
  };
};
