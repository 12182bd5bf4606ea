/** A clip and the frames of it that were looked at, in order. */
export interface SampledClip {
  readonly frames: number;
  readonly fps: number;
  /** Frame numbers. */
  readonly sampled: readonly number[];
}

/** The clip time that samples `first` to `last` stand for, in seconds: up to the neighbours that were looked at, and up to the clip's ends. */
export function spanOfSamples({ frames, fps, sampled }: SampledClip, first: number, last: number): { start: number; end: number } {
  const before = sampled[first - 1] ?? -1;
  const after = sampled[last + 1] ?? frames;
  return { start: (before + 1) / fps, end: Math.min(frames, Math.max(after, 1)) / fps };
}

/**
 * Whether somebody who looks `perSecond` times a second, and last looked at frame `last` (-1: never), has to look at this one: at the next
 * sample, which comes `stride` frames later at most, it would be too late.
 */
export const isDue = (last: number, frame: number, stride: number, { fps }: Pick<SampledClip, 'fps'>, perSecond: number): boolean =>
  last < 0 || frame + stride - last > Math.max(1, Math.floor(fps / perSecond));

/**
 * Why these frames are not enough to speak of the whole clip; `undefined` when they are. Every run of `fps / perSecond` frames has to hold
 * one, so whatever is visible for `n / perSecond` seconds is seen `n` times.
 */
export function unseen({ frames, fps, sampled }: SampledClip, perSecond: number): string | undefined {
  const stride = Math.max(1, Math.floor(fps / perSecond));
  if (sampled.length === 0) return 'no frame was looked at';
  let before = -1;
  for (const frame of [...sampled, frames]) {
    if (frame <= before) return `expected frames in order, found ${frame} after ${before}`;
    if (frame > frames) return `expected frames below ${frames}, found ${frame}`;
    if (frame - before > stride) return `frames ${before + 1} to ${frame - 1} of ${frames} were not looked at`;
    before = frame;
  }
  return undefined;
}
