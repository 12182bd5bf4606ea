/** Frames to look at: `offset`, then every `stride`-th, up to the end of the clip. */
export interface Sampling {
  readonly stride: number;
  readonly offset: number;
  readonly count: number;
}

/**
 * Evenly spaced frames, at least `perSecond` of them. Each run of `stride` consecutive frames holds exactly one, so anything visible
 * for `n / perSecond` seconds is seen `n` times. The offset is the last frame of the first stride, so that never more than one in
 * `stride` frames is read: at 12 frames a second and 4 samples that is a third.
 */
export function sampling({ frames, fps }: { frames: number; fps: number }, perSecond: number): Sampling {
  const stride = Math.max(1, Math.floor(fps / perSecond));
  const offset = Math.min(stride, frames) - 1;
  return { stride, offset, count: Math.floor((frames - 1 - offset) / stride) + 1 };
}

/** The clip time a sample stands for, in seconds: from its own frame back to where the sample before it stood. */
export function spanOf(sample: number, { stride, offset }: Sampling, { frames, fps }: { frames: number; fps: number }) {
  const frame = offset + sample * stride;
  return { start: Math.max(0, frame - stride + 1) / fps, end: Math.min(frames, frame + stride) / fps };
}
