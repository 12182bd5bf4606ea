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
export function planWindows(frameCount: number, size: WindowSize): Span[] {
  if (frameCount <= size.frames) return [{ start: 0, end: frameCount }];
  return continuedWindows(frameCount, size).map(({ end }) => ({
    start: Math.min(end, frameCount) - size.frames,
    end: Math.min(end, frameCount),
  }));
}

/**
 * The same for a model that continues the window before: that one's last `overlap` frames are this one's first, so every window stands
 * exactly a stride after its neighbour, and the last one runs past the end. Pulled back, it would continue frames that nobody kept.
 */
export function continuedWindows(frameCount: number, { frames, overlap }: WindowSize): Span[] {
  if (overlap >= frames) throw new RangeError(`overlap ${overlap} must be smaller than the window of ${frames} frames`);
  const stride = frames - overlap;
  const count = Math.max(1, Math.ceil((frameCount - overlap) / stride));
  return Array.from({ length: count }, (_, index) => ({ start: index * stride, end: index * stride + frames }));
}

type Motion = NonNullable<Component['motion']>;

/**
 * Windows of one shot in lengths the component can make: `1 + k * frameQuantum`, or any length when the quantum is 1.
 * A shot shorter than the longest window is rounded up to the next such length. Frames past a shot's end are rendered and never shown.
 */
export function shotWindows(frameCount: number, { windowFrames, frameQuantum, overlapFrames, continues }: Motion): Span[] {
  const frames = lengthAtMost(windowFrames.max, frameQuantum);
  if (frames < windowFrames.min)
    throw new RangeError(
      `expected a window of 1 + k * ${frameQuantum} frames between ${windowFrames.min} and ${windowFrames.max}, found none`,
    );
  if (frameCount <= frames) return [{ start: 0, end: lengthAtLeast(Math.max(frameCount, windowFrames.min), frameQuantum) }];
  const cut = continues === 'context' ? continuedWindows : planWindows;
  return cut(frameCount, { frames, overlap: overlapFrames });
}

export const lengthAtMost = (frames: number, quantum: number): number => 1 + Math.floor((frames - 1) / quantum) * quantum;
export const lengthAtLeast = (frames: number, quantum: number): number => 1 + Math.ceil((frames - 1) / quantum) * quantum;
