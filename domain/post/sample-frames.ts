/** A contact sheet of four columns is read at a glance; sixteen pictures are the most that fit one screen. */
const COLUMNS = 4;
const MOST = 16;
/** One row for every five seconds shows each shot of an ordinary storyboard at least once. */
const SECONDS_PER_ROW = 5;

/** Frame numbers of the contact sheet: evenly spaced, in the middle of their stretch, so that none lies on the first cut. */
export function sheetFrames(frames: number, fps: number): number[] {
  const rows = Math.max(1, Math.ceil(frames / fps / SECONDS_PER_ROW));
  const count = Math.min(MOST, frames, rows * COLUMNS);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * frames) / count));
}

export interface Sample {
  readonly frame: number;
  /** Mean energy of the Laplacian of luma; larger is sharper. */
  readonly sharpness: number;
}

/** The poster is the sharpest of the sampled frames, the earliest of equals. */
export function posterFrame(samples: readonly Sample[]): number {
  const [first, ...rest] = samples;
  if (!first) throw new RangeError('expected at least one sampled frame, found none');
  return rest.reduce((best, sample) => (sample.sharpness > best.sharpness ? sample : best), first).frame;
}

/** `m:ss.ff`: minutes, seconds, and the frame inside the second. */
export function timeCode(frame: number, fps: number): string {
  const seconds = Math.floor(frame / fps);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${two(frame % fps)}`;
}
