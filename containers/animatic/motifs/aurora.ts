import { bell, sine, smoothstep } from '../../pixels/exact-math.ts';
import { between, driftOf } from '../../pixels/seeded-noise.ts';
import type { MakePainter } from '../motif.ts';
import { eachCell } from '../scene.ts';

/** Curtains of light that fold and wander: sharp at the lower hem, fading upwards. */
export const aurora: MakePainter = (seed) => {
  const phase = between(seed, 1, 0, 1);
  const nearFolds = folds(seed + 21);
  const farFolds = folds(seed + 22);
  return (field, seconds, view) => {
    const slow = phase + seconds * 0.035;
    const { base, accent, light } = field;
    eachCell(field, view, (index, x, y) => {
      const nearHem = 0.24 + 0.15 * sine(0.32 * x + slow) + 0.05 * sine(0.85 * x - 1.6 * slow);
      const farHem = 0.02 + 0.12 * sine(0.45 * x - slow + 0.3) + 0.05 * sine(1.1 * x + 1.3 * slow);
      const pleats = nearFolds(x, seconds);
      const near = curtain(nearHem - y, 0.9) * pleats;
      const behind = curtain(farHem - y, 0.62);
      const far = behind > 0 ? behind * farFolds(1.3 * x, 0.8 * seconds) : 0;
      const reflection = bell((y - 0.5) / 0.42) * (0.5 + 0.5 * pleats);
      base[index] = 0.34 + 0.4 * far + 0.35 * reflection;
      accent[index] = 0.62 * near * near + 0.3 * far + 0.05 * reflection;
      light[index] = 0.2 * near * near * near + 0.12 * far * near;
    });
  };
};

/** How bright the curtain is along its length: broad folds that drift one way, pleats that drift the other. */
function folds(seed: number): (x: number, seconds: number) => number {
  const broad = driftOf(seed);
  const pleats = driftOf(seed + 5);
  return (x, seconds) => 0.64 + 0.3 * broad(2.6 * x + 0.16 * seconds) + 0.14 * pleats(8.3 * x - 0.22 * seconds);
}

/** Light at a distance above the hem: a soft edge below, gone at `height`. */
const curtain = (above: number, height: number): number =>
  above < -0.14 || above > height ? 0 : smoothstep(-0.14, 0.07, above) * bell(Math.max(0, above) / height);
