import * as z from 'zod';
import { Sha256 } from './artifact.ts';
import { PostOutput } from './post.ts';
import { SafetyVerdict } from './verdict.ts';

/** Screening a rendered clip: before anyone outside can see it. */
export const ClipSafetyInput = PostOutput;
export type ClipSafetyInput = z.infer<typeof ClipSafetyInput>;

/** A verdict that says how much of the clip was looked at. */
export const ClipVerdict = SafetyVerdict.extend({
  sampledFrames: z.int().nonnegative(),
  totalFrames: z.int().positive(),
  /**
   * Hashes of the files it is about: clips, master first, poster, contact sheet. No other file may leave on it. Verdicts of before this was
   * kept have none, and nothing leaves on them.
   */
  covers: z.array(Sha256).min(1).max(6).optional(),
});
export type ClipVerdict = z.infer<typeof ClipVerdict>;

export const ClipSafetyOutput = ClipSafetyInput.extend({ clipVerdict: ClipVerdict });
export type ClipSafetyOutput = z.infer<typeof ClipSafetyOutput>;
