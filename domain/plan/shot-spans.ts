export interface ShotSpan {
  /** First frame of the shot in the clip. */
  readonly start: number;
  readonly frames: number;
}

/**
 * Where each shot begins and ends, in frames. The running total is rounded, not each shot, so the clip stays within half a
 * frame of the storyboard however many shots it has.
 */
export function shotSpans(seconds: readonly number[], fps: number): ShotSpan[] {
  let elapsed = 0;
  let start = 0;
  return seconds.map((length) => {
    elapsed += length;
    const end = Math.round(elapsed * fps);
    const span = { start, frames: end - start };
    start = end;
    return span;
  });
}
