import { bell, sine, smoothstep } from '../exact-math.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';
import { between, drift } from '../seeded-noise.ts';

/** Curtains of light that fold and wander: sharp at the lower hem, fading upwards. */
export const aurora: MakePainter = (seed) => {
  const phase = between(seed, 1, 0, 1);
  return (field, seconds, view) => {
    const slow = phase + seconds * 0.035;
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const near = curtain(seed + 21, x, y, 0.2 + 0.17 * sine(0.32 * x + slow) + 0.06 * sine(0.85 * x - 1.6 * slow), 0.95, seconds);
      const far = curtain(
        seed + 22,
        x * 1.3,
        y,
        -0.04 + 0.13 * sine(0.45 * x - slow + 0.3) + 0.05 * sine(1.1 * x + 1.3 * slow),
        0.7,
        seconds * 0.8,
      );
      const ground = bell((y - 0.55) / 0.6);
      base[index] = 0.55 + 0.3 * ground + 0.5 * far;
      accent[index] = 0.72 * near + 0.34 * far + 0.06;
      light[index] = 0.16 * near * near + 0.13 * far * near + 0.03 * far;
    });
  };
};

/** Light above a hem at height `hem`; folds come from slow noise along the curtain. */
function curtain(seed: number, x: number, y: number, hem: number, height: number, seconds: number): number {
  const above = hem - y;
  if (above < -0.16 || above > height) return 0;
  const folds = 0.62 + 0.26 * drift(seed, 3.1 * x + 0.16 * seconds) + 0.16 * drift(seed + 5, 8.3 * x - 0.22 * seconds);
  return folds * smoothstep(-0.16, 0.06, above) * bell(Math.max(0, above) / height);
}
