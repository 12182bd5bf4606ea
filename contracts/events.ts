import * as z from 'zod';
import { ComponentRef, PriceClass } from './component.ts';
import { Instant, JobId, TenantId } from './identity.ts';
import { MicroUsd } from './money.ts';
import { Publication } from './publish.ts';
import { ReviewDecision, ReviewKind, ReviewSubject } from './review.ts';
import { MAX_ROUNDS, MAX_TAKES } from './rework.ts';
import { VISITS, type Visit } from './stages.ts';

/** EventBridge source of every event below. */
export const EVENT_SOURCE = 'framewright';

/** What a Lambda visit used: the ledger prices it. */
export const LambdaUsage = z.strictObject({
  kind: z.literal('lambda'),
  requestId: z.string().min(1),
  memoryMb: z.int().positive(),
  milliseconds: z.number().nonnegative(),
});
export type LambdaUsage = z.infer<typeof LambdaUsage>;

/** On every event. Delivered at least once: `idempotencyKey` tells copies, `sequence` tells order inside a job. */
const base = {
  schemaVersion: z.literal(1),
  idempotencyKey: z.string().min(1).max(256),
  /** Grows along the job: (take - 1) * 100,000 + (index of the visit in VISITS) * 1000 + position inside the visit; see `placeOf`. */
  sequence: z.int().nonnegative(),
  at: Instant,
  tenant: TenantId,
  jobId: JobId,
};
const visit = z.enum(VISITS);

export const BriefAccepted = z.strictObject({
  ...base,
  type: z.literal('brief.accepted'),
  campaign: z.string(),
  briefKey: z.string(),
  clipSeconds: z.number(),
  tier: z.enum(['preview', 'final']),
  template: z.string(),
  deadline: z.string().optional(),
});
export const BriefParked = z.strictObject({
  ...base,
  type: z.literal('brief.parked'),
  briefKey: z.string(),
  missing: z.array(z.string()).min(1),
  until: Instant,
});
/** The same brief with the same assets arrived again within minutes: `jobId` renders it, nothing new was started. */
export const BriefDuplicated = z.strictObject({
  ...base,
  type: z.literal('brief.duplicated'),
  briefKey: z.string(),
  versionId: z.string(),
});
export const BriefProblem = z.strictObject({ path: z.string(), expected: z.string(), found: z.string() });
export type BriefProblem = z.infer<typeof BriefProblem>;
export const BriefRejected = z.strictObject({
  ...base,
  type: z.literal('brief.rejected'),
  briefKey: z.string(),
  problems: z.array(BriefProblem).min(1).max(50),
});
export const StageStarted = z.strictObject({ ...base, type: z.literal('stage.started'), visit });
/**
 * What the time of one attempt of a Batch job was worth so far, in milliseconds since its process began. Told by the worker as it goes, since
 * one that is killed tells nothing; what it names in neither way is lost when it is taken away.
 */
export const AttemptWork = z.strictObject({
  batchJobId: z.string().min(1),
  /** From 1. */
  attempt: z.int().positive(),
  /** Led to something that stands: a committed window, a kept checkpoint. */
  usefulMs: z.int().nonnegative(),
  /** Had been done before: starting and loading again, a window that another worker committed first. */
  repeatedMs: z.int().nonnegative(),
});
export type AttemptWork = z.infer<typeof AttemptWork>;
export const StageProgressed = z.strictObject({
  ...base,
  type: z.literal('stage.progressed'),
  visit,
  /** Which part of the visit reports (a shot of an array job), and how many parts there are. */
  part: z.int().nonnegative(),
  parts: z.int().positive(),
  /** 0..100 of this part. */
  percent: z.number().min(0).max(100),
  component: ComponentRef,
  work: AttemptWork.optional(),
});
/** The visit's work goes on where machines are not taken back, and dearer. */
export const StageMoved = z.strictObject({
  ...base,
  type: z.literal('stage.moved'),
  visit,
  to: z.literal('gpu-on-demand'),
  reason: z.string().min(1).max(1_000),
});
export const StageCompleted = z.strictObject({
  ...base,
  type: z.literal('stage.completed'),
  visit,
  campaign: z.string(),
  step: z.string(),
  usage: LambdaUsage,
});
export const StageFailed = z.strictObject({
  ...base,
  type: z.literal('stage.failed'),
  visit,
  campaign: z.string(),
  step: z.string(),
  usage: LambdaUsage,
  error: z.string(),
  cause: z.string().max(1_000),
});
/** One attempt of a Batch job ended in an error. Told by its worker, since Batch knows an exit code only; another attempt may follow. */
export const AttemptFailed = z.strictObject({
  ...base,
  type: z.literal('attempt.failed'),
  visit,
  /** Which part of the visit failed, as in `stage.progressed`. */
  part: z.int().nonnegative(),
  component: ComponentRef,
  batchJobId: z.string().min(1),
  /** From 1. */
  attempt: z.int().positive(),
  exitCode: z.int().positive(),
  error: z.string(),
  cause: z.string().max(1_000),
});
/** Whose question it was, for those who count; events of before it was told have none. */
const about = z.strictObject({ campaign: z.string(), template: z.string(), acceptedAt: Instant }).optional();
export const ReviewRequested = z.strictObject({
  ...base,
  type: z.literal('review.requested'),
  subject: ReviewSubject,
  deadlineAt: Instant,
  reasons: z.array(z.string()),
  /** How often the question has been asked; absent means once. */
  round: z.int().min(1).max(MAX_ROUNDS).optional(),
  about,
});
export const ReviewDecided = z.strictObject({ ...base, type: z.literal('review.decided'), decision: ReviewDecision, about });
const question = { subject: ReviewSubject, kind: ReviewKind, round: z.int().min(1).max(MAX_ROUNDS).optional() };
/** Most of the time for a question has passed, and nobody has answered it. */
export const ReviewEscalated = z.strictObject({ ...base, ...question, type: z.literal('review.escalated'), deadlineAt: Instant });
/** Somebody took a question to look at it. Claiming again while it lasts is the same event. */
export const ReviewClaimed = z.strictObject({
  ...base,
  ...question,
  type: z.literal('review.claimed'),
  reviewer: z.string(),
  /** When it ends unless it is renewed. */
  until: Instant,
});
/** A claim ended without an answer: given back, taken away by a lead, or nobody renewed it. */
export const ReviewReleased = z.strictObject({
  ...base,
  ...question,
  type: z.literal('review.released'),
  /** Who held it. */
  reviewer: z.string(),
  because: z.enum(['given-back', 'taken-away', 'ran-out']),
});
/** A rule approved, and chance chose a person to look at it afterwards; the machine does not wait for that. */
export const ReviewSampled = z.strictObject({
  ...base,
  ...question,
  type: z.literal('review.sampled'),
  rule: z.string(),
  deadlineAt: Instant,
});
/** A person looked at what a rule had approved. */
export const ReviewAudited = z.strictObject({
  ...base,
  ...question,
  type: z.literal('review.audited'),
  rule: z.string(),
  agreed: z.boolean(),
  reviewer: z.string(),
  reason: z.string(),
});
/** A rule approves nothing more, because of this job's audit; `review.audited` says what was wrong. */
export const RuleSuspended = z.strictObject({ ...base, type: z.literal('rule.suspended'), rule: z.string(), reason: z.string() });
export const JobPublished = z.strictObject({ ...base, type: z.literal('job.published'), publication: Publication });
/** Ended without a clip because somebody or something said no; also a job whose tier stops at the preview ends here with `previewed`. */
export const JobConcluded = z.strictObject({
  ...base,
  type: z.literal('job.concluded'),
  outcome: z.enum(['previewed', 'rejected']),
  reason: z.string(),
  /** Estimated price of the GPUs that need not work, where safety or a person refused before the final was rendered. Nothing was spent. */
  gpuCostAvoidedMicroUsd: MicroUsd.optional(),
});

export const LifecycleEvent = z.discriminatedUnion('type', [
  BriefAccepted,
  BriefParked,
  BriefDuplicated,
  BriefRejected,
  StageStarted,
  StageProgressed,
  StageMoved,
  StageCompleted,
  StageFailed,
  AttemptFailed,
  ReviewRequested,
  ReviewDecided,
  ReviewClaimed,
  ReviewReleased,
  ReviewEscalated,
  ReviewSampled,
  ReviewAudited,
  RuleSuspended,
  JobPublished,
  JobConcluded,
]);
export type LifecycleEvent = z.infer<typeof LifecycleEvent>;
export type LifecycleEventType = LifecycleEvent['type'];

/** Positions inside a visit; progress lies between start and end. */
const POSITION = {
  started: 0,
  progressed: 1,
  moved: 200,
  requested: 500,
  claimed: 520,
  released: 530,
  escalated: 550,
  decided: 600,
  sampled: 610,
  audited: 620,
  suspended: 630,
  completed: 900,
  failed: 901,
  concluded: 990,
} as const;

/** Room for the positions of a visit, and for a hundred visits of a take: more than the river will ever have. */
const VISIT_SPAN = 1_000;
const TAKE_SPAN = 100 * VISIT_SPAN;

interface Moment {
  /** 0..100, of what progresses. */
  readonly percent?: number;
  /** What is made anew comes after everything of the take that was sent back. */
  readonly take?: number;
}

/**
 * Sequence number of an event: later takes are larger, then later visits, and inside a visit the order is the life of the visit. Without a
 * take it is what it was before takes were counted.
 */
export const sequenceOf = (at: Visit, position: keyof typeof POSITION, { percent = 0, take = 1 }: Moment = {}): number =>
  (take - 1) * TAKE_SPAN + VISITS.indexOf(at) * VISIT_SPAN + POSITION[position] + (position === 'progressed' ? Math.floor(percent) : 0);

/** What a sequence number says: the inverse of `sequenceOf`. What lies beyond the last visit counts as the last. */
export const placeOf = (sequence: number): { readonly take: number; readonly visit: Visit; readonly position: number } => ({
  take: Math.floor(sequence / TAKE_SPAN) + 1,
  visit: VISITS[Math.floor((sequence % TAKE_SPAN) / VISIT_SPAN)] ?? 'publish',
  position: sequence % VISIT_SPAN,
});

/** Whether a sequence number is at or beyond a position of its visit. */
export const hasReached = (sequence: number, position: keyof typeof POSITION): boolean => placeOf(sequence).position >= POSITION[position];
/** Whether it is exactly that position. */
export const standsAt = (sequence: number, position: keyof typeof POSITION): boolean => placeOf(sequence).position === POSITION[position];

/** How EventBridge wraps every event it delivers, ours and AWS's own. */
export const EventEnvelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  time: z.iso.datetime({ offset: true }),
  detail: z.unknown(),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** AWS's own events that the ledger listens to as well: nobody has to remember to report a killed job. */
export const BatchJobStateChange = z.object({
  jobId: z.string(),
  jobName: z.string(),
  status: z.string(),
  statusReason: z.string().optional(),
  parameters: z.record(z.string(), z.string()).default({}),
  attempts: z
    .array(
      z.object({
        startedAt: z.number().optional(),
        stoppedAt: z.number().optional(),
        statusReason: z.string().optional(),
        container: z.object({ exitCode: z.number().optional() }).optional(),
      }),
    )
    .default([]),
  arrayProperties: z.object({ size: z.number().optional(), index: z.number().optional() }).optional(),
  /** What the job reserved: a price per vCPU needs their number. Batch writes numbers as strings here. */
  container: z.object({ resourceRequirements: z.array(z.object({ type: z.string(), value: z.string() })).default([]) }).optional(),
  /** Set when somebody asked Batch to stop the job, for instance by stopping the execution that submitted it. */
  isCancelled: z.boolean().optional(),
  isTerminated: z.boolean().optional(),
});
export type BatchJobStateChange = z.infer<typeof BatchJobStateChange>;

/** Batch job parameters that say whose work it is: how a Batch event finds its job in the ledger. */
export const BatchParameters = z.object({
  jobId: JobId,
  tenant: TenantId,
  campaign: z.string(),
  visit,
  component: z.string(),
  priceClass: PriceClass,
  /** Parameters are texts; jobs of before takes were counted say none. */
  take: z.coerce.number().int().min(1).max(MAX_TAKES).default(1),
});

export const ExecutionStatusChange = z.object({
  executionArn: z.string(),
  stateMachineArn: z.string(),
  /** The pipeline execution's name is the job id. */
  name: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
  error: z.string().nullish(),
  cause: z.string().nullish(),
  stopDate: z.number().nullish(),
});
export type ExecutionStatusChange = z.infer<typeof ExecutionStatusChange>;
