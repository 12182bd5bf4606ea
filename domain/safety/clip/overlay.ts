/** Size of the plane that is searched: powers of two, small enough for 10 ms. */
export const OVERLAY_WIDTH = 256;
export const OVERLAY_HEIGHT = 128;
const AREA = OVERLAY_WIDTH * OVERLAY_HEIGHT;

/** Radius in pixels of the neighbourhood that is taken away: what is left are letters, lines and texture. */
const SMOOTH = 2;
/** Strong edges of the picture are cut to this many steps: a pale overlay then weighs as much as they do. */
const LIMIT = 6;
/** Less detail than this, in root mean square steps of 255, is what rounding leaves of a smooth picture; in a gradient it repeats. Nobody sees it. */
const FAINTEST = 0.5;
/** Shortest distance between two repetitions: below it, everything looks like itself. */
const NEAREST = 20;

/**
 * How much of a picture's fine detail repeats itself at some distance, 0 to 1, as a pale pattern laid over it does: the
 * highest point of the autocorrelation that has a second one at twice its distance or across. `luma` is 256 x 128.
 */
export function repetition(luma: Float32Array): number {
  if (luma.length !== AREA) throw new RangeError(`expected ${AREA} values, found ${luma.length}`);
  const real = detail(luma);
  const imaginary = new Float32Array(AREA);
  transform(real, imaginary, false);
  for (let at = 0; at < AREA; at++) {
    real[at] = real[at]! ** 2 + imaginary[at]! ** 2;
    imaginary[at] = 0;
  }
  // Long straight edges of the picture are lines through the middle of the spectrum; they repeat along themselves and nowhere else.
  for (let x = 0; x < OVERLAY_WIDTH; x++) real[x] = 0;
  for (let y = 0; y < OVERLAY_HEIGHT; y++) real[y * OVERLAY_WIDTH] = 0;
  transform(real, imaginary, true);
  const origin = real[0]!;
  if (!(origin / AREA > FAINTEST ** 2)) return 0;
  let best = 0;
  for (let y = -OVERLAY_HEIGHT / 4; y <= OVERLAY_HEIGHT / 4; y++)
    for (let x = 0; x <= OVERLAY_WIDTH / 4; x++) {
      if (Math.hypot(x, y) < NEAREST) continue;
      const once = at(real, x, y);
      if (once / origin <= best || !isPeak(real, x, y)) continue;
      best = Math.max(best, Math.min(once, highest(real, 2 * x, 2 * y)) / origin);
    }
  return Math.min(1, best);
}

const at = (plane: Float32Array, x: number, y: number): number =>
  plane[((y + 2 * OVERLAY_HEIGHT) % OVERLAY_HEIGHT) * OVERLAY_WIDTH + ((x + 2 * OVERLAY_WIDTH) % OVERLAY_WIDTH)]!;

function isPeak(plane: Float32Array, x: number, y: number): boolean {
  const here = at(plane, x, y);
  for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) if (at(plane, x + dx, y + dy) > here) return false;
  return true;
}

/** Distances between pixels round; the second repetition may be one pixel off. */
function highest(plane: Float32Array, x: number, y: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) most = Math.max(most, at(plane, x + dx, y + dy));
  return most;
}

/** What stands out from its neighbourhood, cut to a few steps. */
function detail(luma: Float32Array): Float32Array {
  const found = new Float32Array(AREA);
  const smooth = blurred(luma);
  for (let index = 0; index < AREA; index++) found[index] = Math.max(-LIMIT, Math.min(LIMIT, luma[index]! - smooth[index]!));
  return found;
}

/** Mean over a square, by sums that run along rows and then along columns. */
function blurred(luma: Float32Array): Float32Array {
  const rows = new Float32Array(AREA);
  const both = new Float32Array(AREA);
  slide(luma, rows, OVERLAY_HEIGHT, OVERLAY_WIDTH, OVERLAY_WIDTH, 1);
  slide(rows, both, OVERLAY_WIDTH, OVERLAY_HEIGHT, 1, OVERLAY_WIDTH);
  return both;
}

function slide(from: Float32Array, to: Float32Array, lines: number, length: number, line: number, step: number): void {
  for (let row = 0; row < lines; row++)
    for (let index = 0; index < length; index++) {
      let [sum, count] = [0, 0];
      for (let near = Math.max(0, index - SMOOTH); near <= Math.min(length - 1, index + SMOOTH); near++) {
        sum += from[row * line + near * step]!;
        count++;
      }
      to[row * line + index * step] = sum / count;
    }
}

/** Fourier transform of the whole plane in place, rows and then columns. */
function transform(real: Float32Array, imaginary: Float32Array, inverse: boolean): void {
  const row = lineTransform(OVERLAY_WIDTH, inverse);
  for (let y = 0; y < OVERLAY_HEIGHT; y++) row(real, imaginary, y * OVERLAY_WIDTH, 1);
  const column = lineTransform(OVERLAY_HEIGHT, inverse);
  for (let x = 0; x < OVERLAY_WIDTH; x++) column(real, imaginary, x, OVERLAY_WIDTH);
}

/** A transform of one line of `length` values, a power of two (Cooley and Tukey). */
function lineTransform(length: number, inverse: boolean) {
  const bits = Math.log2(length);
  const order = Array.from({ length }, (_, index) => {
    let turned = 0;
    for (let bit = 0; bit < bits; bit++) if (index & (1 << bit)) turned |= 1 << (bits - 1 - bit);
    return turned;
  });
  const sign = inverse ? 1 : -1;
  const cosines = Float64Array.from({ length: length / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / length));
  const sines = Float64Array.from({ length: length / 2 }, (_, index) => sign * Math.sin((2 * Math.PI * index) / length));
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  return (real: Float32Array, imaginary: Float32Array, start: number, step: number): void => {
    for (let index = 0; index < length; index++) {
      re[index] = real[start + order[index]! * step]!;
      im[index] = imaginary[start + order[index]! * step]!;
    }
    for (let half = 1; half < length; half *= 2) {
      const stride = length / (2 * half);
      for (let base = 0; base < length; base += 2 * half)
        for (let index = 0; index < half; index++) {
          const [one, other] = [base + index, base + index + half];
          const [cosine, sine] = [cosines[index * stride]!, sines[index * stride]!];
          const turnedRe = re[other]! * cosine - im[other]! * sine;
          const turnedIm = re[other]! * sine + im[other]! * cosine;
          re[other] = re[one]! - turnedRe;
          im[other] = im[one]! - turnedIm;
          re[one]! += turnedRe;
          im[one]! += turnedIm;
        }
    }
    const scale = inverse ? 1 / length : 1;
    for (let index = 0; index < length; index++) {
      real[start + index * step] = re[index]! * scale;
      imaginary[start + index * step] = im[index]! * scale;
    }
  };
}
