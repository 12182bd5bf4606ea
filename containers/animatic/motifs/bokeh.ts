import { bell, sine, smoothstep } from '../../pixels/exact-math.ts';
import { between, chance } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { addGlow, eachCell, type Glow } from '../scene.ts';

const LIGHTS = 110;
/** Lights live in a scene that holds 21:9 and 9:16 pictures alike, and come back on the other side. */
const SPAN = { x: 2.6, y: 2.1 };

/** Out-of-focus lights far behind the product, drifting up and breathing: near ones large and faint, far ones small and bright. */
export const bokeh: MakePainter = (seed) => {
  const lights = Array.from({ length: LIGHTS }, (_, index) => {
    const place = index * 16;
    const near = chance(seed, place + 1);
    return {
      x: between(seed, place + 2, -SPAN.x / 2, SPAN.x / 2),
      y: between(seed, place + 3, 0, SPAN.y),
      radius: 0.026 + 0.1 * near * near * near,
      depth: 0.5 + 1.1 * near,
      rise: 0.008 + 0.022 * near,
      sway: between(seed, place + 4, 0, 1),
      breath: between(seed, place + 5, 0.06, 0.16),
      amount: (0.85 - 0.6 * near) * between(seed, place + 6, 0.25, 1),
      white: near < 0.6 && chance(seed, place + 7) < 0.3, // large pale discs would look like paper
    };
  });
  return (field, seconds, view) => {
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const lamp = bell(Math.sqrt(x * x * 0.4 + (y - 0.3) * (y - 0.3)) / 0.9);
      base[index] = 0.5 + 0.6 * lamp;
      accent[index] = 0.13 * lamp * lamp;
      light[index] = 0;
    });
    for (const one of lights) {
      const y = one.y - one.rise * seconds;
      const glow: Glow = {
        x: one.x + 0.02 * sine(one.sway + 0.07 * seconds),
        y: y - Math.floor(y / SPAN.y) * SPAN.y - SPAN.y / 2,
        radius: one.radius,
        depth: one.depth,
      };
      const edge = smoothstep(SPAN.y / 2, SPAN.y / 2 - 0.2, Math.abs(glow.y)); // fades before it comes back
      const amount = one.amount * edge * (0.72 + 0.28 * sine(one.sway + one.breath * seconds));
      addGlow(field, one.white ? light : accent, view, glow, one.white ? amount * 0.55 : amount, one.radius < SMALL ? smallDisc : disc);
    }
  };
};

/** A lens draws a point as an even disc with a slightly brighter rim. */
const disc = (squared: number): number => (1 - smoothstep(0.58, 1, squared)) * (0.66 + 0.34 * squared);
/** A small disc gets a wider edge, so that it never shows the cells of the grid. */
const smallDisc = (squared: number): number => 1.15 * (1 - smoothstep(0.1, 1, squared));
/** Below this radius an edge of `disc` would be under two cells wide. */
const SMALL = 0.055;
