import * as z from 'zod';
import { Sha256 } from './artifact.ts';
import { Component, ComponentRef } from './component.ts';
import { Instant, JobId } from './identity.ts';
import { Seams } from './post.ts';
import { Publication } from './publish.ts';
import { ReviewSubject } from './review.ts';
import { MAX_TAKES } from './rework.ts';
import { TIERS } from './stages.ts';

/** Label of our assertion in a clip's C2PA manifest. */
export const RENDER_ASSERTION = 'io.framewright.render';
/** AWS's own media services refuse manifests above this many bytes, so ours stay below. */
export const MAX_MANIFEST_BYTES = 32 * 1024;

/**
 * How a clip came to be, inside its signature. It is public with the clip, so it names rules but no people:
 * who decided is in the ledger.
 */
export const RenderRecord = z.strictObject({
  schema: z.literal('framewright/render/v1'),
  jobId: JobId,
  tier: z.enum(TIERS),
  /** Which version of the clip this is, when people sent earlier ones back. */
  take: z.int().min(2).max(MAX_TAKES).optional(),
  brief: z.strictObject({ sha256: Sha256 }),
  plan: z.strictObject({ sha256: Sha256 }),
  /** The clip as post encoded it, before the signature went in. */
  clip: z.strictObject({ sha256: Sha256, width: z.int().positive(), height: z.int().positive(), frames: z.int().positive() }),
  /** How well the joins of its windows are hidden. */
  seams: Seams,
  /** The product photo whose original pixels lie over the plate. */
  productPhoto: z.strictObject({ sha256: Sha256 }),
  components: z.array(ComponentRef.extend({ stage: Component.shape.stage })).min(1),
  policies: z
    .array(z.strictObject({ screened: z.enum(['brief', 'preview', 'final']), verdict: z.string(), version: z.string(), sha256: Sha256 }))
    .min(1),
  reviews: z.array(
    z.strictObject({
      subject: ReviewSubject,
      outcome: z.literal('approved'),
      /** `person`, or the rule that approved: `rule:<name>`. */
      by: z.string().regex(/^(person|rule:.+)$/),
      decidedAt: Instant,
    }),
  ),
});
export type RenderRecord = z.infer<typeof RenderRecord>;

/** `provenance.json` beside the clip: written last, once, so its presence means that the job is published. */
export const ProvenanceDocument = z.strictObject({
  schema: z.literal('framewright/provenance/v1'),
  jobId: JobId,
  publication: Publication,
  /** What the master's signature says about it. */
  render: RenderRecord,
});
export type ProvenanceDocument = z.infer<typeof ProvenanceDocument>;
