import * as z from 'zod';
import { PostOutput } from './post.ts';
import { SafetyVerdict } from './verdict.ts';

/** Screening a rendered clip: before anyone outside can see it. */
export const ClipSafetyInput = PostOutput;
export type ClipSafetyInput = z.infer<typeof ClipSafetyInput>;

/** A verdict that says how much of the clip was looked at. */
export const ClipVerdict = SafetyVerdict.extend({ sampledFrames: z.int().nonnegative(), totalFrames: z.int().positive() });
export type ClipVerdict = z.infer<typeof ClipVerdict>;

export const ClipSafetyOutput = ClipSafetyInput.extend({ clipVerdict: ClipVerdict });
export type ClipSafetyOutput = z.infer<typeof ClipSafetyOutput>;
