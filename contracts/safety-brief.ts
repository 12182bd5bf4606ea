import * as z from 'zod';
import { Sha256 } from './artifact.ts';
import { JobId } from './identity.ts';
import { PrepOutput } from './prep.ts';
import { SafetyVerdict } from './verdict.ts';

/**
 * What was read in the pictures of a brief that its clip will show: whoever accepts the brief answers for these words too, so the screening
 * of the clip does not ask about them again. Lies beside the verdicts, named by its hash.
 */
export const BriefWords = z.strictObject({
  schema: z.literal('framewright/brief-words/v1'),
  jobId: JobId,
  /** The photo, and the logo on white and on black; one that could not be read is not here. */
  pictures: z
    .array(
      z.strictObject({
        /** `product.photo`. */
        name: z.string().min(1),
        /** Hash of the file that was read. */
        file: Sha256,
        /** From top to bottom. */
        lines: z.array(z.string().max(2_000)).max(2_000),
      }),
    )
    .max(3),
});
export type BriefWords = z.infer<typeof BriefWords>;

export const BriefVerdict = SafetyVerdict.extend({
  /** Hash of the brief's `BriefWords`. Verdicts of before these were kept have none, and no word in a picture is known by them. */
  words: Sha256.optional(),
});
export type BriefVerdict = z.infer<typeof BriefVerdict>;

/** Screening the brief: before any GPU second is paid for. */
export const BriefSafetyInput = PrepOutput;
export type BriefSafetyInput = z.infer<typeof BriefSafetyInput>;
export const BriefSafetyOutput = BriefSafetyInput.extend({ briefVerdict: BriefVerdict });
export type BriefSafetyOutput = z.infer<typeof BriefSafetyOutput>;
