import * as z from 'zod';
import { Generate } from './generate.ts';
import { Instant, JobId } from './identity.ts';
import { Plan, Tier } from './plan.ts';
import { Post } from './post.ts';
import { BriefSafetyOutput } from './safety-brief.ts';
import { ClipVerdict } from './safety-clip.ts';

/** What a person (or a rule) decides about. */
export const ReviewSubject = z.enum(['brief', 'preview', 'final']);
export type ReviewSubject = z.infer<typeof ReviewSubject>;

/** One run of the render machine, as the pipeline keeps it. */
export const RenderResult = z.strictObject({ tier: Tier, plan: Plan, generate: Generate, post: Post, clipVerdict: ClipVerdict });
export type RenderResult = z.infer<typeof RenderResult>;

export const ReviewDecision = z.strictObject({
  subject: ReviewSubject,
  outcome: z.enum(['approved', 'rejected']),
  /** A person's name, or `rule:<name>` for an auto-approval rule. */
  reviewer: z.string().min(1).max(128),
  reason: z.string().max(1_000),
  requestedAt: Instant,
  decidedAt: Instant,
});
export type ReviewDecision = z.infer<typeof ReviewDecision>;

/** The pipeline's message between stages: what is already there depends on how far the job is. */
export const PipelineMessage = BriefSafetyOutput.extend({
  briefDecision: ReviewDecision.optional(),
  preview: RenderResult.optional(),
  previewDecision: ReviewDecision.optional(),
  final: RenderResult.optional(),
  finalDecision: ReviewDecision.optional(),
});
export type PipelineMessage = z.infer<typeof PipelineMessage>;

/** Review is a pause: the machine waits on this token until somebody decides or `deadlineAt` passes. */
export const ReviewRequest = z.strictObject({
  subject: ReviewSubject,
  taskToken: z.string().min(1),
  /** Seconds from now until the machine stops waiting. */
  timeoutSeconds: z.int().positive(),
  message: PipelineMessage,
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** A row of the review queue. The token never leaves the table. */
export const ReviewItem = z.strictObject({
  jobId: JobId,
  tenant: z.string(),
  subject: ReviewSubject,
  status: z.enum(['waiting', 'approved', 'rejected', 'expired']),
  requestedAt: Instant,
  deadlineAt: Instant,
  /** Why a person is asked, in one sentence a line. */
  reasons: z.array(z.string()),
  decision: ReviewDecision.optional(),
});
export type ReviewItem = z.infer<typeof ReviewItem>;

/** What the decide function is called with by the CLI and, later, the console. */
export const DecideInput = z.strictObject({
  jobId: JobId,
  subject: ReviewSubject.optional(),
  outcome: z.enum(['approved', 'rejected']),
  reviewer: z.string().min(1).max(128),
  reason: z.string().max(1_000).default(''),
});
export type DecideInput = z.infer<typeof DecideInput>;
/** `decided` the first time; `already-decided` with the standing decision for every later call, equal or conflicting. */
export const DecideOutput = z.strictObject({
  result: z.enum(['decided', 'already-decided', 'expired', 'not-found']),
  item: ReviewItem.optional(),
});
export type DecideOutput = z.infer<typeof DecideOutput>;
