import type { Size } from './rendered-size.ts';

/** The three planes of a yuv420p frame, or of a sketch of one. */
export interface Planes {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** A frame reduced to samples of its planes; `samples` are the three planes one after another. */
export interface Sketch extends Planes {
  readonly samples: Uint8Array;
}

/** The planes of a frame in place, not copied. */
export function planesOf(frame: Uint8Array, { width, height }: Size): Planes {
  const luma = width * height;
  return { y: frame.subarray(0, luma), u: frame.subarray(luma, luma * 1.25), v: frame.subarray(luma * 1.25) };
}

/**
 * Luma samples of a sketch. The mean over this many differs from the mean over all pixels by about a hundredth of the spread, whatever the
 * size of the plate, and a sketch costs some 30 microseconds.
 */
const LUMA_SAMPLES = 14_400;

/**
 * Makes sketches of the frames of one plate: every n-th pixel of every n-th row, of luma and of both colour planes. Samples, not means of
 * blocks: blending and levelling work on single bytes, so the sketch of a blended frame is exactly the blend of the sketches, and what a
 * join will look like is known before a whole frame is touched.
 */
export function sketching({ width, height }: Size): (frame: Uint8Array, into?: Sketch) => Sketch {
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / LUMA_SAMPLES)));
  const luma = places(0, width, height, step);
  const u = places(width * height, width / 2, height / 2, step);
  const v = places(width * height * 1.25, width / 2, height / 2, step);
  const all = Int32Array.from([...luma, ...u, ...v]);
  return (frame, into = sketchOf(new Uint8Array(all.length), luma.length)) => {
    const { samples } = into;
    for (let index = 0; index < all.length; index++) samples[index] = frame[all[index] ?? 0] ?? 0;
    return into;
  };
}

function places(offset: number, width: number, height: number, step: number): number[] {
  const found: number[] = [];
  for (let y = step >> 1; y < height; y += step) for (let x = step >> 1; x < width; x += step) found.push(offset + y * width + x);
  return found;
}

function sketchOf(samples: Uint8Array, luma: number): Sketch {
  const chroma = (samples.length - luma) / 2;
  return { samples, y: samples.subarray(0, luma), u: samples.subarray(luma, luma + chroma), v: samples.subarray(luma + chroma) };
}

export const emptyLike = ({ samples, y }: Sketch): Sketch => sketchOf(new Uint8Array(samples.length), y.length);

/** How much one picture changes into the next one, in 8-bit steps of the plane that changes most. */
export interface Change {
  /** Root mean square of the differences: a small thing that jumps far counts for more than a large one that moves a little. */
  readonly motion: number;
  /** Difference of the means: the whole picture turning brighter or another colour, which eyes see at once and motion hides from `motion`. */
  readonly level: number;
}

export function changeBetween(before: Planes, after: Planes): Change {
  const planes = [difference(before.y, after.y), difference(before.u, after.u), difference(before.v, after.v)];
  return { motion: Math.max(...planes.map(({ motion }) => motion)), level: Math.max(...planes.map(({ level }) => level)) };
}

function difference(before: Uint8Array, after: Uint8Array): Change {
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < before.length; index++) {
    const by = (after[index] ?? 0) - (before[index] ?? 0);
    sum += by;
    squares += by * by;
  }
  return { motion: Math.sqrt(squares / before.length), level: Math.abs(sum) / before.length };
}

export function meanOf(plane: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < plane.length; index++) sum += plane[index] ?? 0;
  return sum / plane.length;
}
