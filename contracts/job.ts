import * as z from 'zod';
import { ArtifactRef } from './artifact.ts';
import { AssetKey, Brief } from './brief.ts';
import { Instant, JobId, TenantId } from './identity.ts';
import { TIERS } from './stages.ts';

/** One object version in the intake bucket: versions never change, so a job never sees half of an upload. */
export const IntakeObject = z.strictObject({
  bucket: z.string().min(3),
  key: z.string().min(1),
  versionId: z.string().min(1),
  bytes: z.int().nonnegative(),
  /** S3's entity tag, where it is known: uploads of the same bytes by the same client have the same tag. */
  etag: z.string().min(1).optional(),
});
export type IntakeObject = z.infer<typeof IntakeObject>;

/** What intake stores as `brief.json` of the job: the parsed brief and the exact asset versions it was accepted with. */
export const AcceptedBrief = z.strictObject({
  brief: Brief,
  source: IntakeObject,
  assets: z.record(AssetKey, IntakeObject),
});
export type AcceptedBrief = z.infer<typeof AcceptedBrief>;

/** Who the job is. Travels through every stage unchanged. */
export const Job = z.strictObject({
  jobId: JobId,
  tenant: TenantId,
  campaign: z.string(),
  acceptedAt: Instant,
  /** The brief's tier: with `preview` the pipeline ends at the approved preview. Absent means `final`. */
  tier: z.enum(TIERS).optional(),
  /** The accepted brief document (`AcceptedBrief`). */
  brief: ArtifactRef,
});
export type Job = z.infer<typeof Job>;

/** The pipeline's first message. Every later message is this one, grown. */
export const IntakeOutput = z.strictObject({ job: Job });
export type IntakeOutput = z.infer<typeof IntakeOutput>;
