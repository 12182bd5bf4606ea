import * as z from 'zod';
import { Instant, JobId, TenantId } from './identity.ts';
import { MicroUsd } from './money.ts';
import { ReviewDecision, ReviewSubject } from './review.ts';
import { MAX_ROUNDS, MAX_TAKES } from './rework.ts';
import { STAGES, TIERS, VISITS } from './stages.ts';

/**
 * Why money was spent. Only `useful` bought something that stands; `reclaimed` was lost when a machine was taken back, `repeated` had been done
 * before it was (starting and loading again).
 */
export const COST_CAUSES = ['useful', 'reclaimed', 'repeated', 'failed', 'canceled'] as const;

/**
 * What money went to, seen from today: a `useful` fact of a shot that a reviewer sent back later is `reworked`. Facts themselves never
 * change, so this is said by whoever reads them (domain/ledger/cost-by-work.ts, and SQL over `ReworkedShot`).
 */
export const WORK_WORTHS = [...COST_CAUSES, 'reworked'] as const;

/** One priced piece of work. Stored once per `factId` in the table and as one line in the analytics bucket. */
export const CostFact = z.strictObject({
  factId: z.string().regex(/^[0-9a-f]{32}$/),
  jobId: JobId,
  tenant: TenantId,
  campaign: z.string(),
  tier: z.enum([...TIERS, 'shared']),
  stage: z.enum(STAGES),
  visit: z.enum(VISITS),
  component: z.string(),
  cause: z.enum(COST_CAUSES),
  /** The take of the clip that it was spent for; absent means the first. */
  take: z.int().min(2).max(MAX_TAKES).optional(),
  /** The shot that it rendered; absent for what serves all shots. */
  shot: z.int().nonnegative().optional(),
  /** UTC day of `at`, `YYYY-MM-DD`: the partition. */
  day: z.iso.date(),
  at: Instant,
  /** Billed seconds of the resource. */
  seconds: z.number().nonnegative(),
  costMicroUsd: MicroUsd,
  priceList: z.string(),
});
export type CostFact = z.infer<typeof CostFact>;

/** One published job, as one line in the analytics bucket. */
export const PublishedClip = z.strictObject({
  jobId: JobId,
  tenant: TenantId,
  campaign: z.string(),
  tier: z.enum(TIERS),
  /** Seconds of published video, all outputs together. */
  renderedSeconds: z.number().positive(),
  /** UTC day the job was published: the partition. */
  day: z.iso.date(),
});
export type PublishedClip = z.infer<typeof PublishedClip>;

/** One shot that a reviewer sent back, as one line in the analytics bucket: what was useful of it before that take was made in vain. */
export const ReworkedShot = z.strictObject({
  jobId: JobId,
  tenant: TenantId,
  tier: z.enum(TIERS),
  shot: z.int().nonnegative(),
  /** The take that replaces it. */
  take: z.int().min(2).max(MAX_TAKES),
  /** UTC day of the decision: the partition. */
  day: z.iso.date(),
});
export type ReworkedShot = z.infer<typeof ReworkedShot>;

/** One answer of a person or a rule to one round of a question, as one line in the analytics bucket. */
export const AnsweredQuestion = z.strictObject({
  jobId: JobId,
  tenant: TenantId,
  campaign: z.string(),
  template: z.string(),
  subject: ReviewSubject,
  /** From 1: how often the question had been asked. */
  round: z.int().min(1).max(MAX_ROUNDS),
  outcome: ReviewDecision.shape.outcome,
  answeredBy: z.enum(['person', 'rule']),
  /** When intake accepted the brief. */
  acceptedAt: Instant,
  requestedAt: Instant,
  decidedAt: Instant,
  /** UTC day of the answer: the partition. */
  day: z.iso.date(),
});
export type AnsweredQuestion = z.infer<typeof AnsweredQuestion>;

/** One job that safety or a person refused before its final was rendered, as one line in the analytics bucket. */
export const StoppedJob = z.strictObject({
  jobId: JobId,
  tenant: TenantId,
  /** Where it was refused. */
  visit: z.enum(VISITS),
  /** An estimate (domain/ledger/avoided-cost.ts), and no part of any sum that was spent. */
  gpuCostAvoidedMicroUsd: MicroUsd,
  /** UTC day of the refusal: the partition. */
  day: z.iso.date(),
});
export type StoppedJob = z.infer<typeof StoppedJob>;

export const JOB_STATUSES = [
  'accepted',
  'running',
  'waiting-for-review',
  'published',
  'previewed',
  'rejected',
  'failed',
  'canceled',
] as const;
export const JobStatus = z.enum(JOB_STATUSES);
export type JobStatus = z.infer<typeof JobStatus>;
/** Statuses a job never leaves. */
export const TERMINAL_STATUSES: readonly JobStatus[] = ['published', 'previewed', 'rejected', 'failed', 'canceled'];

/** A job as people see it: the ledger's projection of its events. */
export const JobRow = z.strictObject({
  jobId: JobId,
  tenant: TenantId,
  campaign: z.string(),
  status: JobStatus,
  /** The visit the job is in, or ended in. */
  visit: z.enum(VISITS),
  /** The take that is being made; absent means the first: nothing was sent back. */
  take: z.int().min(2).max(MAX_TAKES).optional(),
  /** 0..100 of that visit. */
  percent: z.number().min(0).max(100),
  /** Percent of each part of that visit (a shot of an array job), while parts report; `percent` is their mean. */
  partPercents: z.array(z.number().min(0).max(100)).optional(),
  /** Highest sequence applied. */
  sequence: z.int().nonnegative(),
  acceptedAt: Instant,
  updatedAt: Instant,
  endedAt: Instant.optional(),
  reason: z.string().optional(),
  /** What a step or a worker said when it failed last; it may have been tried again since. */
  failure: z.strictObject({ visit: z.enum(VISITS), at: Instant, error: z.string(), cause: z.string() }).optional(),
  briefKey: z.string().optional(),
  clipSeconds: z.number().optional(),
  tier: z.enum(TIERS).optional(),
  template: z.string().optional(),
  renderedSeconds: z.number().optional(),
  /** Sum of the job's cost facts, kept in the same transaction as each of them. */
  costMicroUsd: MicroUsd,
});
export type JobRow = z.infer<typeof JobRow>;
