import { boxMean, combine, map, type Plane, plane } from './plane.ts';

type Colors = readonly [Plane, Plane, Plane];

/** From here on a pixel is product through and through: its own colour is kept exactly. */
const SOLID = 0.98;
/** Neighbourhoods as shares of the long side: wide enough to span the softest edge, then narrow for detail. */
const FAR = 1 / 24;
const NEAR = 1 / 200;
/** Weights under this carry rounding noise only. */
const NOTHING = 1e-5;

/**
 * The product's own colours. A pixel on the edge is `alpha * product + (1 - alpha) * background`; both are estimated from their
 * surroundings weighted by alpha, and what the mixture leaves unexplained is given to the product (Forte: Approximate Fast Foreground
 * Colour Estimation, 2021), first over a wide and then over a narrow neighbourhood.
 */
export function foregroundColors(photo: Colors, alpha: Plane): Colors {
  const longSide = Math.max(alpha.width, alpha.height);
  const radii = [Math.max(2, Math.round(longSide * FAR)), Math.max(1, Math.round(longSide * NEAR))];
  const estimate = (channel: Plane): Plane => {
    let [front, back] = [channel, channel];
    for (const radius of radii) [front, back] = blurFusion(channel, alpha, front, back, radius);
    return combine3(channel, front, alpha);
  };
  return [estimate(photo[0]), estimate(photo[1]), estimate(photo[2])];
}

function blurFusion(photo: Plane, alpha: Plane, front: Plane, back: Plane, radius: number): [Plane, Plane] {
  const rest = map(alpha, (value) => 1 - value);
  const [frontMean, backMean] = [weightedMean(front, alpha, radius), weightedMean(back, rest, radius)];
  const out = plane(photo.width, photo.height);
  for (let i = 0; i < out.data.length; i++) {
    const share = alpha.data[i]!;
    const [f, b] = [frontMean.data[i]!, backMean.data[i]!];
    out.data[i] = clamp(f + share * (photo.data[i]! - share * f - (1 - share) * b));
  }
  return [out, backMean];
}

/** Mean around each pixel, weighted; where all weights vanish, the weighted mean of the whole plane. */
function weightedMean(values: Plane, weights: Plane, radius: number): Plane {
  const sums = boxMean(
    combine(values, weights, (value, weight) => value * weight),
    radius,
  );
  const totals = boxMean(weights, radius);
  const overall = meanOf(values, weights);
  const out = plane(values.width, values.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = totals.data[i]! > NOTHING ? sums.data[i]! / totals.data[i]! : overall;
  return out;
}

function meanOf(values: Plane, weights: Plane): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.data.length; i++) {
    sum += values.data[i]! * weights.data[i]!;
    total += weights.data[i]!;
  }
  return total > 0 ? sum / total : 0;
}

function combine3(photo: Plane, estimated: Plane, alpha: Plane): Plane {
  const out = plane(photo.width, photo.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = clamp(alpha.data[i]! >= SOLID ? photo.data[i]! : estimated.data[i]!);
  return out;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
