import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { SafetyCategory } from '#contracts/verdict';

export interface VoterRule {
  readonly category: z.infer<typeof SafetyCategory>;
  /** From this score on a person looks at the clip. */
  readonly review: number;
  /** From this score on the clip is refused without asking. */
  readonly reject: number;
}

export interface ClipPolicy {
  readonly version: string;
  /** Rules by voter id. A voter without a rule cannot be judged and counts as a failed check. */
  readonly voters: Readonly<Record<string, VoterRule>>;
  /** A finding stands when `hits` of `of` consecutive samples show it: one odd frame in motion blur is no scene. */
  readonly persistence: { readonly hits: number; readonly of: number };
}

/** Change a number, change the version: a verdict names both, and an old verdict can be read with the policy that gave it. */
export const CLIP_POLICY: ClipPolicy = {
  version: 'clip-safety/1',
  voters: {
    // 21 harmless pictures scored at most 0.28, products at most 0.03; 0.85 is where the model's authors call a picture unsafe.
    'open-nsfw@1': { category: 'sexual', review: 0.3, reject: 0.85 },
  },
  persistence: { hits: 2, of: 3 },
};

/** Version and content hash, as every verdict carries them. */
export const policyStamp = (policy: ClipPolicy): { version: string; sha256: string } => ({
  version: policy.version,
  sha256: createHash('sha256').update(JSON.stringify(policy)).digest('hex'),
});
