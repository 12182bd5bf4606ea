import { bell, sine, smoothstep } from '../../pixels/exact-math.ts';
import { between, chance, driftOf } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { addGlow, eachCell, soft } from '../scene.ts';

const MOTES = 190;
/** The scene that holds 21:9 and 9:16 pictures alike; a mote that leaves it comes back on the other side. */
const SPAN = { x: 2.6, y: 2 };

/** Motes and thin haze hanging in a shaft of light; each mote wanders and flashes when it turns. */
export const dust: MakePainter = (seed) => {
  const motes = Array.from({ length: MOTES }, (_, index) => {
    const place = index * 16;
    const near = chance(seed, place + 1);
    return {
      x: between(seed, place + 2, 0, SPAN.x),
      y: between(seed, place + 3, 0, SPAN.y),
      radius: 0.011 + 0.03 * near * near * near,
      depth: 0.5 + 1.3 * near,
      east: between(seed, place + 4, -0.004, 0.018),
      rise: between(seed, place + 5, -0.004, 0.016),
      wander: between(seed, place + 6, 0, 1),
      flash: between(seed, place + 7, 0.1, 0.3),
      amount: between(seed, place + 8, 0.35, 1) * (1 - 0.6 * near),
    };
  });
  const lean = between(seed, 9_001, -0.5, -0.25);
  const cloud = driftOf(seed + 3);
  const wrap = (value: number, span: number): number => value - Math.floor(value / span) * span - span / 2;
  return (field, seconds, view) => {
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const shaft = bell((x * 0.9 + y * lean + 0.1) / 0.95) * (0.55 - 0.45 * y);
      const haze =
        1 + 0.16 * sine(0.7 * x + 0.4 * sine(0.9 * y + 0.03 * seconds) + 0.035 * seconds) + 0.1 * cloud(3 * x - 1.7 * y + 0.12 * seconds);
      base[index] = 0.6 + 0.6 * shaft;
      accent[index] = 0.5 * shaft * shaft * haze;
      light[index] = 0.1 * shaft * shaft * shaft * haze;
    });
    for (const mote of motes) {
      const x = wrap(mote.x + mote.east * seconds, SPAN.x) + 0.012 * sine(mote.wander + 0.09 * seconds);
      const y = wrap(mote.y - mote.rise * seconds, SPAN.y) + 0.012 * sine(mote.wander * 7 + 0.075 * seconds);
      const inShaft = 0.15 + 0.85 * bell((x * 0.9 + y * lean + 0.1) / 0.85);
      const edge = smoothstep(SPAN.x / 2, SPAN.x / 2 - 0.15, Math.abs(x)) * smoothstep(SPAN.y / 2, SPAN.y / 2 - 0.1, Math.abs(y));
      const flash = 0.55 + 0.45 * sine(mote.wander * 3 + mote.flash * seconds);
      addGlow(field, light, view, { x, y, radius: mote.radius, depth: mote.depth }, 0.85 * mote.amount * inShaft * edge * flash, soft);
    }
  };
};
