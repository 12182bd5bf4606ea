import type { Change } from './sketch.ts';

/**
 * What a join looks like, in numbers: how much the picture changes there against how much it changes inside windows.
 *
 * A window joins at its first frame `s` and blends over `ramp` frames, so the last frame of the earlier window alone is `s - 1` and the first
 * of the later one alone is `s + ramp`. The join is every change between those two: `ramp + 1` of them, one for a hard cut.
 */
export interface JoinChanges {
  /** Changes of the shown pictures in the join. */
  readonly at: readonly Change[];
  /** Changes of the shown pictures inside windows, up to `NEAR` before the join and after it. */
  readonly near: readonly Change[];
  /**
   * Changes at the very moments of the join that both windows make alone: the smaller of the two, where both drew the two frames. A flash
   * that both windows draw belongs to the picture, not to the join.
   */
  readonly own: readonly Change[];
}

/** A third of a second at 24 frames: motion there is the motion of the join, and it is all that must be looked ahead. */
export const NEAR = 8;

/** A join above this is repaired: up to a twentieth more than ordinary motion is not told from it. */
export const SEAM_TARGET = 1.05;
/** A join above this, after all repair, fails the clip: half as much again as what happens around it is seen by anyone. */
export const SEAM_LIMIT = 1.5;

/**
 * Changes below one 8-bit step count as one: the least that a display shows at once is not a seam, rounding and dither are not motion, and a
 * still picture would divide by nothing.
 */
export const STILL = 1;

/**
 * 1 is no seam. The largest change of the join over the largest that is ordinary there, since one step is what an eye catches; of motion and
 * of level, whichever is worse.
 */
export function joinScore({ at, near, own }: JoinChanges): number {
  const largest = (changes: readonly Change[], kind: keyof Change): number => Math.max(STILL, ...changes.map((change) => change[kind]));
  const ratio = (kind: keyof Change): number => largest(at, kind) / Math.max(largest(near, kind), largest(own, kind));
  return Math.max(ratio('motion'), ratio('level'));
}

/** What both changes have: the smaller of each kind. */
export const inCommon = (a: Change, b: Change): Change => ({ motion: Math.min(a.motion, b.motion), level: Math.min(a.level, b.level) });
