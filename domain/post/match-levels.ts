import { meanOf, type Planes } from './sketch.ts';

/** What is done to one plane: values spread around `from` by `gain`, moved to `to`. */
export interface Level {
  readonly from: number;
  readonly to: number;
  readonly gain: number;
}

/** How a window's levels are brought to those of the window before it, plane by plane. */
export type LevelMatch = Readonly<Record<keyof Planes, Level>>;

/** A neighbour farther off than this is another picture; pulling it over would show as a pulse, and the gate is there to say so. */
const MOST_MOVED = 24;
const MOST_GAIN = 1.25;
/** Below one step of spread a plane is flat but for rounding, and a ratio of spreads would be noise. */
const FLAT = 1;

/** Mean and variance of Y, U and V of the later window made those of the earlier one, over frames that both drew. */
export function matchLevels(earlier: readonly Planes[], later: readonly Planes[]): LevelMatch {
  const level = (plane: keyof Planes): Level => {
    const before = statistics(earlier.map((frame) => frame[plane]));
    const after = statistics(later.map((frame) => frame[plane]));
    const gain = before.spread < FLAT || after.spread < FLAT ? 1 : before.spread / after.spread;
    return {
      from: after.mean,
      to: after.mean + Math.min(MOST_MOVED, Math.max(-MOST_MOVED, before.mean - after.mean)),
      gain: Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, gain)),
    };
  };
  return { y: level('y'), u: level('u'), v: level('v') };
}

function statistics(planes: readonly Uint8Array[]): { mean: number; spread: number } {
  const means = planes.map(meanOf);
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  let squares = 0;
  let count = 0;
  for (const plane of planes) {
    count += plane.length;
    for (let index = 0; index < plane.length; index++) squares += ((plane[index] ?? 0) - mean) ** 2;
  }
  return { mean, spread: Math.sqrt(squares / count) };
}

/** What each of the 256 values becomes. Used again for every plane: a table for each would be two thirds of all garbage that a clip makes. */
const table = new Uint8ClampedArray(256);

/** Levels a frame in place. `share` 1 is the whole correction, 0 none. */
export function levelFrame(frame: Planes, match: LevelMatch, share: number): void {
  if (share <= 0) return;
  for (const name of ['y', 'u', 'v'] as const) {
    const { from, to, gain } = match[name];
    for (let value = 0; value < table.length; value++) table[value] = value + share * ((value - from) * gain + to - value);
    const plane = frame[name];
    for (let index = 0; index < plane.length; index++) plane[index] = table[plane[index] ?? 0] ?? 0;
  }
}

/**
 * Share of the correction at `step` of a window: whole up to the first frame that it shows alone, then falling evenly until frame
 * `until`, where the next window begins: the correction of one join is over before the next one is looked at.
 */
export const levelShare = (step: number, ramp: number, until: number): number =>
  step <= ramp ? 1 : Math.max(0, (until - step) / (until - ramp));
