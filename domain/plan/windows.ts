import type { Component } from '#contracts/component';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface WindowSize {
  readonly frames: number;
  /** Frames shared by two neighbours; the blend hides the seam inside them. */
  readonly overlap: number;
}

/**
 * Cuts a shot into overlapping windows that a memory-bound model can hold.
 * The last window is pulled back rather than shortened: short windows drift in color, because the model never sees its
 * training length. A shot shorter than one window gets one window of its own length.
 */
export function planWindows(frameCount: number, { frames, overlap }: WindowSize): Span[] {
  if (overlap >= frames) throw new RangeError(`overlap ${overlap} must be smaller than the window of ${frames} frames`);
  if (frameCount <= frames) return [{ start: 0, end: frameCount }];

  const stride = frames - overlap;
  const count = Math.ceil((frameCount - overlap) / stride);
  return Array.from({ length: count }, (_, index) => {
    const end = Math.min(index * stride + frames, frameCount);
    return { start: end - frames, end };
  });
}

type Motion = NonNullable<Component['motion']>;

/**
 * Windows of one shot in lengths the component can make: `1 + k * frameQuantum`, or any length when the quantum is 1.
 * A shot shorter than the longest window is rounded up to the next such length; the frames past its end are rendered and never shown.
 */
export function shotWindows(frameCount: number, motion: Motion): Span[] {
  const longest = lengthAtMost(motion.windowFrames.max, motion.frameQuantum);
  if (frameCount > longest) return planWindows(frameCount, { frames: longest, overlap: motion.overlapFrames });
  return [{ start: 0, end: lengthAtLeast(Math.max(frameCount, motion.windowFrames.min), motion.frameQuantum) }];
}

const lengthAtMost = (frames: number, quantum: number): number => 1 + Math.floor((frames - 1) / quantum) * quantum;
const lengthAtLeast = (frames: number, quantum: number): number => 1 + Math.ceil((frames - 1) / quantum) * quantum;
