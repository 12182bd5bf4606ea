import type { Canvas } from './canvas.ts';

/** Source samples and their weights for every place along one side; `taps` of them each. */
interface Side {
  readonly taps: number;
  readonly at: Int32Array;
  readonly weight: Float32Array;
}

/**
 * Brings a plane to another size: the middle of it in the target's shape, averaged by area where it shrinks, cubic where it grows. Halving
 * is the plain mean of four.
 */
export function fitter(from: Canvas, to: Canvas, shape: Canvas = to): (plane: Float32Array) => Float32Array {
  const whole = from.width / to.width;
  if (whole === from.height / to.height && Number.isInteger(whole)) return whole === 1 ? (plane) => plane : blockMeans(from, to, whole);
  const scale = Math.min(from.width / shape.width, from.height / shape.height);
  const across = side(from.width, to.width, scale * shape.width);
  const down = side(from.height, to.height, scale * shape.height);
  const narrow = new Float32Array(to.width * from.height);
  const fitted = new Float32Array(to.width * to.height);

  return (plane) => {
    for (let row = 0; row < from.height; row++)
      for (let x = 0; x < to.width; x++) {
        let sum = 0;
        for (let tap = x * across.taps; tap < (x + 1) * across.taps; tap++)
          sum += across.weight[tap]! * plane[row * from.width + across.at[tap]!]!;
        narrow[row * to.width + x] = sum;
      }
    for (let y = 0; y < to.height; y++)
      for (let x = 0; x < to.width; x++) {
        let sum = 0;
        for (let tap = y * down.taps; tap < (y + 1) * down.taps; tap++) sum += down.weight[tap]! * narrow[down.at[tap]! * to.width + x]!;
        fitted[y * to.width + x] = sum;
      }
    return fitted;
  };
}

/** The usual case, four times faster: a preview's plate and all chroma are whole parts of what the model makes. */
function blockMeans(from: Canvas, to: Canvas, side: number): (plane: Float32Array) => Float32Array {
  const fitted = new Float32Array(to.width * to.height);
  const share = 1 / (side * side);
  const sums = new Float32Array(from.width);
  return (plane) => {
    for (let y = 0; y < to.height; y++) {
      const top = y * side * from.width;
      for (let x = 0; x < from.width; x++) {
        let sum = plane[top + x]!;
        for (let row = 1; row < side; row++) sum += plane[top + row * from.width + x]!;
        sums[x] = sum;
      }
      for (let x = 0, at = 0; x < to.width; x++) {
        let sum = 0;
        for (const end = at + side; at < end; at++) sum += sums[at]!;
        fitted[y * to.width + x] = sum * share;
      }
    }
    return fitted;
  };
}

/** `used` of `from` samples, in the middle, become `to` samples. */
function side(from: number, to: number, used: number): Side {
  const step = used / to;
  const start = (from - used) / 2;
  const reach = step > 1 ? step / 2 : 2;
  const taps = Math.ceil(2 * reach) + 1;
  const at = new Int32Array(to * taps);
  const weight = new Float32Array(to * taps);
  for (let place = 0; place < to; place++) {
    const centre = start + (place + 0.5) * step;
    const first = Math.floor(centre - reach);
    const shares = Array.from({ length: taps }, (_, tap) =>
      step > 1 ? covered(first + tap, centre - reach, centre + reach) : cubic(Math.abs(first + tap + 0.5 - centre)),
    );
    const sum = shares.reduce((total, share) => total + share, 0);
    shares.forEach((share, tap) => {
      at[place * taps + tap] = Math.min(from - 1, Math.max(0, first + tap));
      weight[place * taps + tap] = share / sum;
    });
  }
  return { taps, at, weight };
}

/** How much of sample `cell` lies between two ends. */
const covered = (cell: number, low: number, high: number): number => Math.max(0, Math.min(cell + 1, high) - Math.max(cell, low));

/** Catmull-Rom: passes through the samples. */
function cubic(distance: number): number {
  if (distance < 1) return 1 - distance * distance * (2.5 - 1.5 * distance);
  return distance < 2 ? 2 - distance * (4 - distance * (2.5 - 0.5 * distance)) : 0;
}
