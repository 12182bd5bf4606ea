import * as z from 'zod';
import { ArtifactRef } from './artifact.ts';
import { OutputSize } from './brief.ts';
import { Instant } from './identity.ts';
import { IntakeOutput } from './job.ts';
import { PipelineMessage } from './review.ts';
import { MAX_TAKES } from './rework.ts';
import { VISITS } from './stages.ts';

export const PublishInput = PipelineMessage;
export type PublishInput = z.infer<typeof PublishInput>;

export const Publication = z.strictObject({
  publishedAt: Instant,
  /** Signed clips in the deliverables bucket, master first. */
  clips: z.array(z.strictObject({ ref: ArtifactRef, output: OutputSize, seconds: z.number().positive() })).min(1),
  poster: ArtifactRef,
  contactSheet: ArtifactRef,
  /** Seconds of published video, all outputs together: what `cost per rendered second` divides by. */
  renderedSeconds: z.number().positive(),
  /** C2PA: how the master was signed, and what reading it back said. */
  signature: z.strictObject({
    alg: z.literal('es256'),
    signer: z.string().min(1),
    /** Validation state read back from the signed file under the configured trust anchors. */
    state: z.enum(['Trusted', 'Valid']),
    manifestLabel: z.string().min(1),
  }),
});
export type Publication = z.infer<typeof Publication>;
export const PublishOutput = PublishInput.extend({ publication: Publication });
export type PublishOutput = z.infer<typeof PublishOutput>;

/** How a pipeline execution ends when nothing broke. A rejection is an answer, not an error. */
export const PipelineOutcome = z.strictObject({
  status: z.enum(['published', 'previewed', 'rejected']),
  reason: z.string().optional(),
});
export type PipelineOutcome = z.infer<typeof PipelineOutcome>;

/** What conclude-job is called with when a job ends without a clip. `reason` is for people: who said no, and why. */
export const ConcludeInput = IntakeOutput.extend({
  outcome: z.enum(['previewed', 'rejected']),
  /** Empty when the person who refused gave none. */
  reason: z.string().max(1_000),
  /** Where the job ended, so that its row says so. */
  visit: z.enum(VISITS).default('publish'),
  /** The take in which it ended. */
  take: z.int().min(1).max(MAX_TAKES).default(1),
});
export type ConcludeInput = z.infer<typeof ConcludeInput>;
