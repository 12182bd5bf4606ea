import * as z from 'zod';
import { Role } from './component.ts';
import { JobId } from './identity.ts';
import { JobRow, WORK_WORTHS } from './ledger.ts';
import { MicroUsd } from './money.ts';
import { ReviewItem } from './review.ts';
import { ReviewRole } from './review-api.ts';
import { STAGES } from './stages.ts';

/** Last line of every command with `--json`. Shapes here are promises: add optional keys, never change or remove one. */
export const VerifyResult = z.strictObject({
  file: z.string(),
  state: z.enum(['Trusted', 'Valid', 'Invalid', 'Unsigned']),
  signer: z.string().nullable(),
  generator: z.string().nullable(),
  problems: z.array(z.string()),
});
export type VerifyResult = z.infer<typeof VerifyResult>;

const stageCost = z.strictObject({ name: z.enum(STAGES), seconds: z.number(), costMicroUsd: MicroUsd });

export const DemoResult = z.strictObject({
  jobId: JobId,
  status: z.string(),
  /** Paths relative to the project. */
  clip: z.string(),
  poster: z.string(),
  contactSheet: z.string(),
  renderedSeconds: z.number(),
  costMicroUsd: MicroUsd,
  costPerRenderedSecondMicroUsd: MicroUsd,
  stages: z.array(stageCost),
  verify: VerifyResult,
});
export type DemoResult = z.infer<typeof DemoResult>;

export const SubmitResult = z.strictObject({
  jobId: JobId,
  tenant: z.string(),
  briefKey: z.string(),
  versionId: z.string(),
  uploaded: z.array(z.string()),
});
export type SubmitResult = z.infer<typeof SubmitResult>;
export const JobsListResult = z.strictObject({ jobs: z.array(JobRow) });
export type JobsListResult = z.infer<typeof JobsListResult>;
export const JobShowResult = z.strictObject({
  job: JobRow,
  stages: z.array(stageCost),
  events: z.int().nonnegative(),
  costPerRenderedSecondMicroUsd: MicroUsd.nullable(),
  /** What the time and the money went to; adds up to the job's cost. */
  work: z.array(z.strictObject({ name: z.enum(WORK_WORTHS), seconds: z.number(), costMicroUsd: MicroUsd })).optional(),
});
export type JobShowResult = z.infer<typeof JobShowResult>;
export const JobCancelResult = z.strictObject({ jobId: JobId, result: z.enum(['canceled', 'already-ended', 'not-found']) });
export type JobCancelResult = z.infer<typeof JobCancelResult>;
export const ReviewListResult = z.strictObject({ items: z.array(ReviewItem) });
export type ReviewListResult = z.infer<typeof ReviewListResult>;
export const ComponentsListResult = z.strictObject({
  components: z.array(
    z.strictObject({
      component: z.string(),
      role: Role,
      licence: z.string(),
      hostedBy: z.string().optional(),
      /** `missing`: a customer has to register them before a brief may ask for the component. */
      weights: z.enum(['none', 'shipped', 'registered', 'missing']),
      /** `kept`: no longer deployed, but a brief may still pin it. */
      standing: z.enum(['default', 'deployed', 'kept']),
    }),
  ),
});
export type ComponentsListResult = z.infer<typeof ComponentsListResult>;
export const ComponentRegisterResult = z.strictObject({
  component: z.string(),
  files: z.int().nonnegative(),
  uploaded: z.array(z.string()),
});
export type ComponentRegisterResult = z.infer<typeof ComponentRegisterResult>;
export const COST_DIMENSIONS = ['tenant', 'tier', 'component', 'day', 'stage', 'campaign', 'work'] as const;
export const CostsResult = z.strictObject({
  by: z.enum(COST_DIMENSIONS),
  rows: z.array(
    z.strictObject({
      value: z.string(),
      costMicroUsd: MicroUsd,
      usefulMicroUsd: MicroUsd,
      seconds: z.number(),
      jobs: z.int().nonnegative(),
    }),
  ),
  totalMicroUsd: MicroUsd,
  renderedSeconds: z.number(),
  costPerRenderedSecondMicroUsd: MicroUsd.nullable(),
  /** What was answered in those days; a time is null where there is nothing to measure. */
  review: z
    .strictObject({
      questions: z.int().nonnegative(),
      /** Answered by people and not by a rule: divided by `questions`, the share of human review. */
      byPeople: z.int().nonnegative(),
      /** Median seconds from a question to the answer of a person. */
      answerSeconds: z.number().nonnegative().nullable(),
      sentBack: z.int().nonnegative(),
      /** Mean seconds from a clip sent back to the question about what was made anew. */
      reworkSeconds: z.number().nonnegative().nullable(),
      /** Median seconds from an accepted brief to the first question about its preview. */
      previewSeconds: z.number().nonnegative().nullable(),
    })
    .optional(),
  /** Jobs that safety or a person refused before their final was rendered, and what its GPUs would have cost: an estimate, in no total. */
  stopped: z.strictObject({ jobs: z.int().nonnegative(), gpuCostAvoidedMicroUsd: MicroUsd }).optional(),
});
export type CostsResult = z.infer<typeof CostsResult>;
export const LocalStatusResult = z.strictObject({
  running: z.boolean(),
  endpoint: z.string().nullable(),
  batchEndpoint: z.string().nullable(),
  startedAt: z.string().nullable(),
  deployed: z.boolean(),
});
export type LocalStatusResult = z.infer<typeof LocalStatusResult>;

/** Printed when the console can be used; the command then goes on until it is interrupted. */
export const ConsoleServeResult = z.strictObject({
  address: z.url(),
  users: z.array(z.strictObject({ name: z.string(), role: ReviewRole })),
  /** The file that holds their passwords. */
  passwords: z.string(),
});
export type ConsoleServeResult = z.infer<typeof ConsoleServeResult>;
export const ConsolePublishResult = z.strictObject({ address: z.string(), uploaded: z.array(z.string()) });
export type ConsolePublishResult = z.infer<typeof ConsolePublishResult>;

/** `{ error }` replaces the object above when a command fails; the exit code is not 0. */
export const CliError = z.strictObject({ error: z.strictObject({ name: z.string(), message: z.string(), hint: z.string().optional() }) });
