import * as z from 'zod';
import { Brief, MAX_CLIP_SECONDS } from './brief.ts';
import { Instant, JobId, TenantId } from './identity.ts';
import { MicroUsd } from './money.ts';
import { Seams } from './post.ts';
import { DecideInput, DecideOutput, MAX_TOGETHER, ReviewItem, ReviewKind, ReviewSubject } from './review.ts';
import { MAX_ROUNDS } from './rework.ts';
import { BriefVerdict } from './safety-brief.ts';
import { ClipVerdict } from './safety-clip.ts';
import { STAGES } from './stages.ts';
import { SafetyCategory } from './verdict.ts';

/**
 * The review API, as the console and other programs speak it. JSON over HTTPS, `Authorization: Bearer <access token of the user pool>`.
 * Every answer that is not 2xx is an `ApiProblem`.
 */
export const REVIEW_ROUTES = {
  me: 'GET /api/me',
  queue: 'GET /api/queue',
  review: 'GET /api/reviews/{jobId}/{subject}/{kind}',
  claim: 'POST /api/reviews/{jobId}/{subject}/{kind}/claim',
  release: 'POST /api/reviews/{jobId}/{subject}/{kind}/release',
  decide: 'POST /api/reviews/{jobId}/{subject}/{kind}/decision',
  together: 'GET /api/reviews/{jobId}/{subject}/{kind}/together',
  approveTogether: 'POST /api/reviews/{jobId}/{subject}/{kind}/together',
  bulk: 'POST /api/bulk',
  dashboard: 'GET /api/dashboard',
  rules: 'GET /api/rules',
  changeRule: 'POST /api/rules/{name}',
} as const;
export type ReviewRoute = keyof typeof REVIEW_ROUTES;

/**
 * Reviewers claim and decide. Leads also take claims away, decide in bulk and see everybody's load. Admins also suspend and resume
 * auto-approval rules. Each may what those before it may.
 */
export const REVIEW_ROLES = ['reviewer', 'lead', 'admin'] as const;
export const ReviewRole = z.enum(REVIEW_ROLES);
export type ReviewRole = z.infer<typeof ReviewRole>;

/** Groups of the user pool: `role:lead`, `tenant:acme` (or `tenant:*`), `skill:political`. */
export const Me = z.strictObject({
  name: z.string().min(1).max(128),
  role: ReviewRole,
  /** Tenants whose reviews are seen; `*` for all. */
  tenants: z.array(z.union([TenantId, z.literal('*')])).min(1),
  /** Categories the person is trained in; empty means all. */
  skills: z.array(SafetyCategory),
});
export type Me = z.infer<typeof Me>;

export const ApiProblem = z.strictObject({
  error: z.strictObject({
    /** `Request.Malformed`, `Review.NotFound`, `Review.Claimed`, `Role.Missing`, ... */
    name: z.string().min(1),
    /** What was expected, what was found, what to do. */
    message: z.string().min(1),
  }),
});
export type ApiProblem = z.infer<typeof ApiProblem>;

/** A row of the queue: the item without what only its own page shows. */
export const QueueEntry = ReviewItem.omit({ dossier: true, earlier: true, decision: true }).extend({
  /** 0..1, higher first: deadline, risk and skill in one number; domain/review/urgency.ts says how. */
  urgency: z.number().min(0).max(1),
  /** Whether the person asking is trained for it and may take it. */
  mine: z.boolean(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

/** Query of `GET /api/queue`. */
export const QueueQuery = z.strictObject({
  tenant: TenantId.optional(),
  subject: ReviewSubject.optional(),
  kind: ReviewKind.optional(),
  /** Rows to leave out at the start, most urgent first. */
  offset: z.coerce.number().int().nonnegative().default(0),
  /** At most 1,000: about half a megabyte. */
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
});
export type QueueQuery = z.infer<typeof QueueQuery>;

/** Answered with an `ETag`; with `If-None-Match` of an unchanged queue the answer is 304 without a body. */
export const QueuePage = z.strictObject({
  entries: z.array(QueueEntry),
  total: z.int().nonnegative(),
  /** Server time: deadlines are counted from it, whatever the reader's clock says. */
  at: Instant,
});
export type QueuePage = z.infer<typeof QueuePage>;

/** A link to one file that lasts minutes. */
const Link = z.url();

export const ShotView = z.strictObject({
  shot: z.int().nonnegative(),
  /** Seconds from the start of the clip, half open. */
  start: z.number().nonnegative(),
  end: z.number().positive().max(MAX_CLIP_SECONDS),
  description: z.string(),
  caption: z.string().optional(),
  /** What the model was told. */
  prompt: z.string().optional(),
  take: z.int().min(1),
});
export type ShotView = z.infer<typeof ShotView>;

export const HistoryEntry = z.strictObject({ at: Instant, what: z.string(), who: z.string().optional(), detail: z.string().optional() });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Everything about one question. */
export const ReviewDetail = z.strictObject({
  item: ReviewItem.omit({ dossier: true }),
  at: Instant,
  brief: Brief,
  media: z.strictObject({
    clip: z.strictObject({ url: Link, width: z.int(), height: z.int(), fps: z.number(), frames: z.int(), seconds: z.number() }).optional(),
    poster: Link.optional(),
    contactSheet: Link.optional(),
    /** As it was uploaded, decoded and encoded again by us: a reviewer's browser opens no stranger's file. */
    photo: Link.optional(),
    /** Cut out of its background. */
    cutout: Link.optional(),
  }),
  shots: z.array(ShotView),
  briefVerdict: BriefVerdict,
  clipVerdict: ClipVerdict.optional(),
  mask: z.strictObject({ confidence: z.number().min(0).max(1), source: z.string() }),
  seams: Seams.optional(),
  cost: z.strictObject({
    soFarMicroUsd: MicroUsd,
    stages: z.array(z.strictObject({ stage: z.enum(STAGES), seconds: z.number().nonnegative(), costMicroUsd: MicroUsd })),
  }),
  provenance: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  history: z.array(HistoryEntry),
  /** Other questions that the person asking may answer in one look with this one: its like, in which nothing was found. */
  beside: z
    .int()
    .nonnegative()
    .max(MAX_TOGETHER - 1)
    .default(0),
  /** What the person asking may do with it now, and why not more. */
  may: z.strictObject({ claim: z.boolean(), decide: z.boolean(), release: z.boolean(), because: z.string().optional() }),
});
export type ReviewDetail = z.infer<typeof ReviewDetail>;

/** Answer of claim and release: `taken` when somebody else was first; `item` is how it stands now. */
export const ClaimOutput = z.strictObject({
  result: z.enum(['claimed', 'released', 'taken', 'settled', 'not-found']),
  item: ReviewItem.omit({ dossier: true }).optional(),
});
export type ClaimOutput = z.infer<typeof ClaimOutput>;

/** Body of a decision: who decides is read from the token, what is decided about from the address. */
export const DecisionBody = DecideInput.omit({ jobId: true, subject: true, kind: true, reviewer: true });
export type DecisionBody = z.infer<typeof DecisionBody>;
export const DecisionAnswer = DecideOutput.extend({ item: ReviewItem.omit({ dossier: true }).optional() });
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

/** Clips of one campaign and look, side by side, the question that was asked about first. None when that one has to be seen alone. */
export const TogetherView = z.strictObject({
  at: Instant,
  clips: z
    .array(
      z.strictObject({
        entry: QueueEntry,
        clip: ReviewDetail.shape.media.shape.clip.unwrap(),
        poster: Link.optional(),
        /** What the product has to look like. */
        photo: Link,
      }),
    )
    .max(MAX_TOGETHER),
});
export type TogetherView = z.infer<typeof TogetherView>;

/** One answer about what was shown side by side: every clip is named, as approved or as left out for a look of its own. */
export const TogetherBody = z.strictObject({
  clips: z
    .array(z.strictObject({ jobId: JobId, round: z.int().min(1).max(MAX_ROUNDS), approve: z.boolean() }))
    .min(2)
    .max(MAX_TOGETHER)
    .refine((clips) => new Set(clips.map(({ jobId }) => jobId)).size === clips.length, 'expected every clip once'),
  reason: z.string().max(1_000).default(''),
});
export type TogetherBody = z.infer<typeof TogetherBody>;
/** `left-out`: it waits, for a person and by itself. `refused`: it is not of this campaign and look, or has to be seen alone. */
export const TogetherAnswer = z.strictObject({
  results: z.array(z.strictObject({ jobId: JobId, result: z.enum([...DecideOutput.shape.result.options, 'left-out']) })),
});
export type TogetherAnswer = z.infer<typeof TogetherAnswer>;

const which = { jobId: JobId, subject: ReviewSubject, kind: ReviewKind, round: z.int().min(1).max(MAX_ROUNDS) };
export const BulkBody = z.strictObject({
  action: z.enum(['claim', 'release', 'approve', 'reject']),
  /** At most 100: a decision that is clicked for more was not looked at. */
  items: z.array(z.strictObject(which)).min(1).max(100),
  reason: z.string().max(1_000).default(''),
});
export type BulkBody = z.infer<typeof BulkBody>;
export const BulkAnswer = z.strictObject({
  results: z.array(z.strictObject({ ...which, result: z.union([DecideOutput.shape.result, ClaimOutput.shape.result]) })),
});
export type BulkAnswer = z.infer<typeof BulkAnswer>;

export const RuleStanding = z.strictObject({
  name: z.string(),
  because: z.string(),
  templates: z.array(z.string()),
  subjects: z.array(ReviewSubject),
  /** Share of its approvals that a person looks at afterwards, 0.02..0.05, as it stands now (`domain/review/audit-share.ts`). */
  auditShare: z.number().min(0).max(1),
  approved: z.int().nonnegative(),
  sampled: z.int().nonnegative(),
  audited: z.int().nonnegative(),
  misses: z.int().nonnegative(),
  /** misses / audited; null before the first audit. */
  falseApproveRate: z.number().min(0).max(1).nullable(),
  /** Where the true rate lies with 95 % confidence (Wilson), low and high; null before the first audit. */
  falseApproveInterval: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).nullable(),
  suspended: z.strictObject({ at: Instant, by: z.string(), reason: z.string() }).optional(),
});
export type RuleStanding = z.infer<typeof RuleStanding>;
export const RulesAnswer = z.strictObject({ rules: z.array(RuleStanding) });
export type RulesAnswer = z.infer<typeof RulesAnswer>;
export const ChangeRuleBody = z.strictObject({ action: z.enum(['suspend', 'resume']), reason: z.string().trim().min(1).max(1_000) });
export type ChangeRuleBody = z.infer<typeof ChangeRuleBody>;

const count = z.int().nonnegative();
/** Query of `GET /api/dashboard`. */
export const DashboardQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(30).default(7) });
export const Dashboard = z.strictObject({
  at: Instant,
  days: z.int().min(1),
  /** One an hour when `days` is 1 or 2, else one a day; oldest first. */
  flow: z.array(z.strictObject({ from: Instant, arrivals: count, decisions: count, automatic: count, expired: count })),
  waiting: z.strictObject({
    total: count,
    claimed: count,
    overdue: count,
    /** Waiting questions by age in hours: below 1, 1 to 4, 4 to 12, 12 to 24, more. */
    byAge: z.array(z.strictObject({ label: z.string(), count })),
    oldestSeconds: z.number().nonnegative(),
  }),
  /** Of the decisions in the period. */
  decided: z.strictObject({
    total: count,
    approved: count,
    rejected: count,
    rework: count,
    expired: count,
    /** Share decided before the deadline; null when there were none. */
    inTime: z.number().min(0).max(1).nullable(),
    /** Share of questions that a person answered; null when there were none. */
    humanShare: z.number().min(0).max(1).nullable(),
    medianSeconds: z.number().nonnegative().nullable(),
    p95Seconds: z.number().nonnegative().nullable(),
    /** Mean seconds from a question sent back to the next one about the same job. */
    reworkSeconds: z.number().nonnegative().nullable(),
  }),
  templates: z.array(z.strictObject({ template: z.string(), approved: count, rejected: count, rework: count, automatic: count })),
  reviewers: z.array(z.strictObject({ reviewer: z.string(), decided: count, claimed: count, medianSeconds: z.number().nullable() })),
  /** Seconds from an accepted brief to its first preview question. */
  timeToPreview: z.strictObject({ medianSeconds: z.number().nullable(), p95Seconds: z.number().nullable(), jobs: count }),
  cost: z.strictObject({ totalMicroUsd: MicroUsd, renderedSeconds: z.number(), perRenderedSecondMicroUsd: MicroUsd.nullable() }),
});
export type Dashboard = z.infer<typeof Dashboard>;

/** `config.json` beside the console: where its neighbours are. Written by the deployment. */
export const ConsoleConfig = z.strictObject({
  /** `/api` on the console's own origin, or the API's address. */
  api: z.string(),
  /** Where the user pool answers (`https://cognito-idp.<region>.amazonaws.com/`, or a path on the console's own origin). */
  userPool: z.string(),
  clientId: z.string().min(1),
  /** Shown in the corner, so that nobody approves in the wrong place: `local`, `aws`. */
  environment: z.string(),
});
export type ConsoleConfig = z.infer<typeof ConsoleConfig>;
