import type { PictureReader, PictureVoter, Raster } from '#domain/ports';

/** What a voter can tell apart: frames whose blocks have nearly the same mean colours are twins to it. */
export interface Sight {
  /** Side of a block, in pixels of a frame of 640: the smallest thing the voter can judge. */
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

/** Several voters look at one picture: its blocks are added up once for each size. */
const known = new WeakMap<Raster, Map<number, Float32Array>>();

/** Mean of every channel in every block, row by row; blocks at the right and lower edge are smaller. */
function blocksOf(picture: Raster, block: number): Float32Array {
  const sizes = known.get(picture) ?? new Map<number, Float32Array>();
  known.set(picture, sizes);
  const found = sizes.get(block) ?? summed(picture, block);
  sizes.set(block, found);
  return found;
}

function summed({ data, width, height, channels }: Raster, side: number): Float32Array {
  const across = Math.ceil(width / side);
  const means = new Float32Array(across * Math.ceil(height / side) * channels);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / side) * across;
    for (let x = 0; x < width; x++) {
      const [to, from] = [(row + Math.floor(x / side)) * channels, (y * width + x) * channels];
      for (let channel = 0; channel < channels; channel++) means[to + channel]! += data[from + channel]!;
    }
  }
  for (let at = 0; at < means.length; at++) {
    const block = Math.floor(at / channels);
    means[at]! /= Math.min(side, width - (block % across) * side) * Math.min(side, height - Math.floor(block / across) * side);
  }
  return means;
}
