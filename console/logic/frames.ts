export interface Clock {
  /** Frames a second. */
  readonly fps: number;
  readonly frames: number;
}

/** A frame is shown from its start until the next one's; a thousandth of a frame forgives rounding in the container. */
const ROUNDING = 1e-3;

/** The frame on the screen at a time in seconds, 0 the first. */
export const frameAt = (seconds: number, { fps, frames }: Clock): number =>
  Math.min(Math.max(0, frames - 1), Math.max(0, Math.floor(seconds * fps + ROUNDING)));

/** Where to seek for a frame: its middle, since players round its edges either way. */
export const middleOfFrame = (frame: number, { fps }: Pick<Clock, 'fps'>): number => (frame + 0.5) / fps;

/** Seconds to seek to when stepping; stays inside the clip. */
export const step = (seconds: number, by: number, clock: Clock): number =>
  middleOfFrame(Math.min(Math.max(0, clock.frames - 1), Math.max(0, frameAt(seconds, clock) + by)), clock);

/** `0:07.25`: minutes, seconds, hundredths, enough to tell two frames apart at 30 a second. */
export function timecode(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100);
  const whole = Math.floor(hundredths / 100);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}.${String(hundredths % 100).padStart(2, '0')}`;
}
