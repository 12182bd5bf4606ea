import * as z from 'zod';
import { StoryboardFrame } from './brief.ts';

/** A question is asked at most so often: whoever wants a sixth version wants another brief. */
export const MAX_ROUNDS = 5;
/** The preview and the final may each be sent back. */
export const MAX_TAKES = 2 * MAX_ROUNDS;

/**
 * What reviewers sent back. A take is one version of the clip: the first is 1 and needs no words. Shots that are not named keep what was
 * rendered for them; a named shot is rendered anew in its take, with another seed and, if given, other words.
 */
export const Rework = z.strictObject({
  /** The take that the next render makes. */
  take: z.int().min(2).max(MAX_TAKES),
  shots: z
    .array(
      z.strictObject({
        shot: z.int().nonnegative(),
        /** The take in which it was last sent back. */
        take: z.int().min(2).max(MAX_TAKES),
        description: StoryboardFrame.shape.description.optional(),
      }),
    )
    .min(1)
    .max(120),
});
export type Rework = z.infer<typeof Rework>;

/** The take that a message is about: 1 until something was sent back. */
export const takeOf = ({ rework }: { readonly rework?: Rework | undefined }): number => rework?.take ?? 1;
