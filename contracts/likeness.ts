import * as z from 'zod';

/** Numbers of one embedding; `likeness@1` makes 128. */
const EMBEDDING = 128;

/**
 * People who must not appear in a clip, by their faces. Embeddings of faces are personal data of a special kind: an entry says on whose
 * word it stands, and goes when that word is taken back. The list that comes with the product is empty.
 */
export const LikenessDenyList = z.array(
  z.strictObject({
    /** Name or file number: it is shown to reviewers. */
    who: z.string().min(1).max(120),
    consent: z.strictObject({
      /** What the person said to being shown, and to being on this list so that it can be noticed. */
      shown: z.enum(['refused', 'withdrawn', 'expired', 'never-asked']),
      listed: z.enum(['agreed', 'legal-claim']),
      recordedAt: z.iso.datetime(),
      recordedBy: z.string().min(1).max(120),
      /** Where the record lies. */
      reference: z.string().min(1).max(200),
    }),
    embeddings: z.array(z.array(z.number()).length(EMBEDDING)).min(1).max(20),
  }),
);
export type LikenessDenyList = z.infer<typeof LikenessDenyList>;
