import { boxMean, combine, map, type Plane, plane, stretch } from './plane.ts';

/** Red, green and blue of the picture whose edges a mask should follow. */
export type Guide = readonly [Plane, Plane, Plane];

/** A local linear model `alpha = a . color + b` for every pixel. */
interface Coefficients {
  readonly a: readonly [Plane, Plane, Plane];
  readonly b: Plane;
}

/**
 * Makes a mask follow the colour edges of `guide` (He, Sun, Tang: Guided Image Filtering, 2010, colour form). `radius` is the
 * neighbourhood in pixels of the mask; `epsilon` is the variance (colours are 0..1) below which a surface counts as flat.
 * `trust` weighs what each pixel of the mask teaches: pixels of little trust are told by the colours of the trusted ones around them.
 */
export function guidedFilter(mask: Plane, guide: Guide, radius: number, epsilon: number, trust?: Plane): Plane {
  return applyModel(fitModel(mask, guide, radius, epsilon, trust), guide);
}

/**
 * The same with the model fitted on a smaller picture and applied to the large one (He, Sun: Fast Guided Filter, 2015): the edge
 * comes from the large picture, memory and time mostly from the small one.
 */
export function guidedUpsample(small: { mask: Plane; guide: Guide; trust?: Plane }, large: Guide, radius: number, epsilon: number): Plane {
  return applyModel(fitModel(small.mask, small.guide, radius, epsilon, small.trust), large);
}

function fitModel(mask: Plane, guide: Guide, radius: number, epsilon: number, trust?: Plane): Coefficients {
  const plain = (of: Plane) => boxMean(of, radius);
  const total = trust && plain(trust);
  const mean = (of: Plane) =>
    trust && total
      ? combine(plain(combine(of, trust, (value, weight) => value * weight)), total, (sum, weight) => sum / weight)
      : plain(of);
  const [r, g, b] = guide;
  const [mr, mg, mb, mp] = [mean(r), mean(g), mean(b), mean(mask)];
  const product = (one: Plane, other: Plane) => mean(combine(one, other, (x, y) => x * y));
  const [rr, rg, rb, gg, gb, bb] = [product(r, r), product(r, g), product(r, b), product(g, g), product(g, b), product(b, b)];
  const [rp, gp, bp] = [product(r, mask), product(g, mask), product(b, mask)];

  const { width, height } = mask;
  const [ar, ag, ab, offset] = [plane(width, height), plane(width, height), plane(width, height), plane(width, height)];
  for (let i = 0; i < offset.data.length; i++) {
    const [R, G, B, P] = [mr.data[i]!, mg.data[i]!, mb.data[i]!, mp.data[i]!];
    // Covariance of the colours (symmetric) and covariance of colour and mask.
    const c00 = rr.data[i]! - R * R + epsilon;
    const c01 = rg.data[i]! - R * G;
    const c02 = rb.data[i]! - R * B;
    const c11 = gg.data[i]! - G * G + epsilon;
    const c12 = gb.data[i]! - G * B;
    const c22 = bb.data[i]! - B * B + epsilon;
    const [v0, v1, v2] = [rp.data[i]! - R * P, gp.data[i]! - G * P, bp.data[i]! - B * P];
    // Solved by Cramer's rule; epsilon on the diagonal keeps the determinant away from 0.
    const [k00, k01, k02] = [c11 * c22 - c12 * c12, c02 * c12 - c01 * c22, c01 * c12 - c02 * c11];
    const [k11, k12, k22] = [c00 * c22 - c02 * c02, c01 * c02 - c00 * c12, c00 * c11 - c01 * c01];
    const determinant = c00 * k00 + c01 * k01 + c02 * k02;
    const x = (k00 * v0 + k01 * v1 + k02 * v2) / determinant;
    const y = (k01 * v0 + k11 * v1 + k12 * v2) / determinant;
    const z = (k02 * v0 + k12 * v1 + k22 * v2) / determinant;
    ar.data[i] = x;
    ag.data[i] = y;
    ab.data[i] = z;
    offset.data[i] = P - x * R - y * G - z * B;
  }
  return { a: [plain(ar), plain(ag), plain(ab)], b: plain(offset) };
}

function applyModel({ a, b }: Coefficients, guide: Guide): Plane {
  const { width, height } = guide[0];
  const [x, y, z] = [stretch(a[0], width, height), stretch(a[1], width, height), stretch(a[2], width, height)];
  const sum = map(stretch(b, width, height), (value) => value);
  for (let i = 0; i < sum.data.length; i++) {
    const value = sum.data[i]! + x.data[i]! * guide[0].data[i]! + y.data[i]! * guide[1].data[i]! + z.data[i]! * guide[2].data[i]!;
    sum.data[i] = Math.min(1, Math.max(0, value));
  }
  return sum;
}
