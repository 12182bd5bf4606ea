import type { PictureReader, PictureVoter, Raster } from '#domain/ports';

/** What a voter can tell apart: frames whose blocks have nearly the same mean colours are twins to it. */
export interface Sight {
  /** Side of a block, in pixels of a frame of 640, a multiple of 8: the smallest thing the voter can judge. */
  readonly block: number;
  /** Largest difference between the means of two blocks, in steps of 255, in any colour. */
  readonly tolerance: number;
}

/** For letters and other small things: the smallest letters that can be read change blocks by 20 and more, the encoder's noise by less than 3. */
export const FINE: Sight = { block: 8, tolerance: 8 };
/** For faces: smaller than this they are not found. */
export const FACES: Sight = { block: 32, tolerance: 10 };
/**
 * For voters that judge a frame as a whole, at 224 to 299 pixels: what fills less than an eighth of its width does not move them. A cut
 * changes blocks by 30 and more, and a product that drifts by a few pixels by less than 10.
 */
export const BROAD: Sight = { block: 80, tolerance: 10 };

/**
 * Asks the voter only when something changed since the picture it was last asked about; a twin of that picture inherits its votes. It
 * never inherits from another voter, and not from a look that failed: then the voter is asked again. Pictures are always compared with
 * one that was really looked at, so a slow change adds up until it is seen.
 */
export const lookingOnce = (voter: PictureVoter, sight: Sight): PictureVoter => ({
  ...voter,
  look: once((picture) => voter.look(picture), sight),
});

/** The same for a reader. */
export const readingOnce = (reader: PictureReader, sight: Sight = FINE): PictureReader => ({
  ...reader,
  read: once((picture) => reader.read(picture), sight),
});

function once<Answer>(ask: (picture: Raster) => Promise<Answer>, sight: Sight): (picture: Raster) => Promise<Answer> {
  let last: { readonly of: Float32Array; readonly size: string; readonly answer: Answer } | undefined;
  return async (picture) => {
    const [of, size] = [blocksOf(picture, sight.block), `${picture.width}x${picture.height}x${picture.channels}`];
    if (last && last.size === size && areTwins(last.of, of, sight.tolerance)) return last.answer;
    last = undefined;
    const answer = await ask(picture);
    last = { of, size, answer };
    return answer;
  };
}

function areTwins(one: Float32Array, other: Float32Array, tolerance: number): boolean {
  for (let at = 0; at < one.length; at++) if (Math.abs(one[at]! - other[at]!) > tolerance) return false;
  return true;
}

/** Side of the blocks that all others are made of. */
const FINEST = 8;
const known = new WeakMap<Raster, { readonly finest: Int32Array; readonly means: Map<number, Float32Array> }>();

/** Mean of every channel in every block, row by row; blocks at the right and lower edge are smaller. Several voters look at one picture: its pixels are added up once. */
function blocksOf(picture: Raster, block: number): Float32Array {
  const { finest, means } = known.get(picture) ?? { finest: finestSums(picture), means: new Map<number, Float32Array>() };
  known.set(picture, { finest, means });
  const found = means.get(block) ?? meansOf(finest, picture, block);
  means.set(block, found);
  return found;
}

/** Sum of every channel in every block of the finest: first down, eight rows at once, and then across. */
function finestSums({ data, width, height, channels }: Raster): Int32Array {
  const stride = width * channels;
  const sums = new Int32Array(Math.ceil(width / FINEST) * Math.ceil(height / FINEST) * channels);
  const columns = new Int32Array(stride);
  let to = 0;
  for (let top = 0; top < height; top += FINEST) {
    addRows(columns, data, top * stride, Math.min(FINEST, height - top));
    for (let left = 0; left < width; left += FINEST) {
      const end = Math.min(width, left + FINEST) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let at = left * channels + channel; at < end; at += channels) sum += columns[at]!;
        sums[to++] = sum;
      }
    }
  }
  return sums;
}

function addRows(columns: Int32Array, data: Uint8Array, from: number, rows: number): void {
  const n = columns.length;
  if (rows < FINEST) {
    columns.fill(0);
    for (let row = 0; row < rows; row++) for (let at = 0; at < n; at++) columns[at]! += data[from + row * n + at]!;
    return;
  }
  for (let at = 0; at < n; at++) {
    const p = from + at; // written out: a loop of eight takes three times as long
    const upper = data[p]! + data[p + n]! + data[p + 2 * n]! + data[p + 3 * n]!;
    columns[at] = upper + data[p + 4 * n]! + data[p + 5 * n]! + data[p + 6 * n]! + data[p + 7 * n]!;
  }
}

function meansOf(finest: Int32Array, { width, height, channels }: Raster, side: number): Float32Array {
  if (side % FINEST !== 0) throw new RangeError(`expected blocks of a multiple of ${FINEST} pixels, found ${side}`);
  const across = Math.ceil(width / side);
  const means = new Float32Array(across * Math.ceil(height / side) * channels);
  let from = 0;
  for (let y = 0; y < height; y += FINEST)
    for (let x = 0; x < width; x += FINEST) {
      const to = (Math.floor(y / side) * across + Math.floor(x / side)) * channels;
      for (let channel = 0; channel < channels; channel++) means[to + channel]! += finest[from++]!;
    }
  let at = 0;
  for (let y = 0; y < height; y += side)
    for (let x = 0; x < width; x += side) {
      const pixels = Math.min(side, width - x) * Math.min(side, height - y);
      for (let channel = 0; channel < channels; channel++) means[at++]! /= pixels;
    }
  return means;
}
