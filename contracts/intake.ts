import * as z from 'zod';
import { BriefProblem } from './events.ts';
import { Instant, JobId, TenantId } from './identity.ts';
import { IntakeObject } from './job.ts';

/** What S3 tells EventBridge about a new object. Keys arrive as they are; unlike S3's own notifications, nothing is URL-encoded. */
export const ObjectCreated = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  /** When the object was created, ISO 8601 with whole seconds. */
  time: z.iso.datetime({ offset: true }),
  detail: z.object({
    bucket: z.object({ name: z.string().min(3) }),
    object: z.object({ key: z.string().min(1), size: z.int().nonnegative(), 'version-id': z.string().min(1) }),
  }),
});
export type ObjectCreated = z.infer<typeof ObjectCreated>;

/** A brief that waits for its assets; intake sends it to its own queue with a delay. */
export const ParkedBrief = z.strictObject({
  schema: z.literal('framewright/parked-brief/v1'),
  object: IntakeObject,
  uploadedAt: Instant,
  parkedSince: Instant,
  /** How often it was parked already; the delay grows with it. */
  waits: z.int().positive(),
});
export type ParkedBrief = z.infer<typeof ParkedBrief>;

/** Who was first with an upload: the same brief with the same assets within a few minutes is a repeated upload, not another wish. */
export const UploadClaim = z.strictObject({
  schema: z.literal('framewright/upload-claim/v1'),
  jobId: JobId,
  uploadedAt: Instant,
});
export type UploadClaim = z.infer<typeof UploadClaim>;

/** The `*.rejected.json` that is left next to a brief that was refused. */
export const RejectionNote = z.strictObject({
  schema: z.literal('framewright/rejection/v1'),
  jobId: JobId,
  tenant: TenantId,
  briefKey: z.string(),
  versionId: z.string(),
  problems: z.array(BriefProblem).min(1).max(50),
});
export type RejectionNote = z.infer<typeof RejectionNote>;
