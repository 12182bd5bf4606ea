import { createHash } from 'node:crypto';
import { contractViolated } from '#domain/errors';

/** Video black is 16; a plate whose brightest luma stays below this shows nothing. */
const DARKEST_PICTURE = 20;

export interface CheckedFrames {
  /** Takes the next frame; throws when it does not fit the contract. */
  take(frame: Uint8Array): void;
  /** Throws when frames are missing or show nothing; otherwise the SHA-256 over all frames. */
  finish(): string;
}

/** Holds a component to what it was asked for, frame by frame: an error here names the component's bug, not post's. */
export function checkFrames(where: string, expected: { count: number; width: number; height: number }): CheckedFrames {
  const luma = expected.width * expected.height;
  const bytes = luma * 1.5;
  const hash = createHash('sha256');
  let count = 0;
  let brightest = 0;
  return {
    take(frame) {
      if (frame.byteLength !== bytes)
        throw contractViolated(
          where,
          `expected frames of ${bytes} bytes (${expected.width}x${expected.height} yuv420p), found ${frame.byteLength}`,
        );
      count += 1;
      if (count > expected.count) throw contractViolated(where, `expected ${expected.count} frames, found more`);
      hash.update(frame);
      if (brightest < DARKEST_PICTURE) for (const value of frame.subarray(0, luma)) brightest = Math.max(brightest, value);
    },
    finish() {
      if (count !== expected.count) throw contractViolated(where, `expected ${expected.count} frames, found ${count}`);
      if (brightest < DARKEST_PICTURE)
        throw contractViolated(where, `expected a picture, found black: the brightest luma of ${count} frames is ${brightest}`);
      return hash.digest('hex');
    },
  };
}
