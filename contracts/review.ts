import * as z from 'zod';
import { ArtifactRef, Sha256 } from './artifact.ts';
import { MAX_CLIP_SECONDS, StoryboardFrame } from './brief.ts';
import { Generate } from './generate.ts';
import { Instant, JobId } from './identity.ts';
import { Plan, Tier } from './plan.ts';
import { Post } from './post.ts';
import { MAX_ROUNDS, MAX_TAKES, Rework } from './rework.ts';
import { BriefSafetyOutput } from './safety-brief.ts';
import { ClipVerdict } from './safety-clip.ts';
import { Box, SafetyCategory } from './verdict.ts';

/** What a person (or a rule) decides about. */
export const ReviewSubject = z.enum(['brief', 'preview', 'final']);
export type ReviewSubject = z.infer<typeof ReviewSubject>;

/** One run of the render machine, as the pipeline keeps it. */
export const RenderResult = z.strictObject({ tier: Tier, plan: Plan, generate: Generate, post: Post, clipVerdict: ClipVerdict });
export type RenderResult = z.infer<typeof RenderResult>;

/**
 * `decision`: the machine waits for it. `audit`: a rule approved and the machine went on; a person looks afterwards, and disagreeing suspends
 * the rule.
 */
export const ReviewKind = z.enum(['decision', 'audit']);
export type ReviewKind = z.infer<typeof ReviewKind>;

/** What a reviewer wants changed, pinned to a moment of the clip. */
export const ReviewNote = z.strictObject({
  shot: z.int().nonnegative(),
  /** Seconds from the start of the clip. */
  at: z.number().nonnegative().max(MAX_CLIP_SECONDS),
  box: Box.optional(),
  text: z.string().trim().min(1).max(500),
  /** New words for the shot in place of its description; screened like a brief before they are accepted. */
  description: StoryboardFrame.shape.description.optional(),
});
export type ReviewNote = z.infer<typeof ReviewNote>;

/** An approval by a person that a rule refers to. */
export const Precedent = z.strictObject({
  jobId: JobId,
  reviewer: z.string().min(1).max(128),
  decidedAt: Instant,
});
export type Precedent = z.infer<typeof Precedent>;

/** Most approvals of one look that are remembered, and that one decision names: more than any rule asks for. */
export const MAX_PRECEDENTS = 5;

/** What stands behind a rule's approval, for whoever has to answer for it later. */
export const RuleEvidence = z.strictObject({
  /** Share of the rule's approvals that people looked at when this one was made; its own sample is drawn with it. */
  auditShare: z.number().min(0).max(1),
  /** What people approved of the same campaign and look, oldest first, where the rule asks for that. */
  precedents: z.array(Precedent).max(MAX_PRECEDENTS).optional(),
});
export type RuleEvidence = z.infer<typeof RuleEvidence>;

/** Most questions that one look may answer: three rows of four clips fit a laptop's screen, and nobody compares more at once. */
export const MAX_TOGETHER = 12;

/** How a decision was made for several clips of one campaign and look that a person saw side by side. */
export const Together = z.strictObject({
  /** The question that the others were shown beside. */
  lead: JobId,
  /** Clips that were shown, those left out among them. */
  of: z.int().min(2).max(MAX_TOGETHER),
  /** Clips that the person would not answer with the others. */
  leftOut: z.int().nonnegative().max(MAX_TOGETHER),
});
export type Together = z.infer<typeof Together>;

export const ReviewDecision = z.strictObject({
  subject: ReviewSubject,
  /** `rework`: the shots of `rework` are rendered again and the question is asked again, one round later. */
  outcome: z.enum(['approved', 'rejected', 'rework']),
  /** A person's name, or `rule:<name>` for an auto-approval rule. */
  reviewer: z.string().min(1).max(128),
  /** The person who agreed, where two have to. */
  secondReviewer: z.string().min(1).max(128).optional(),
  reason: z.string().max(1_000),
  requestedAt: Instant,
  decidedAt: Instant,
  /** How often the question had been asked; absent means 1. */
  round: z.int().min(1).max(MAX_ROUNDS).optional(),
  notes: z.array(ReviewNote).max(50).optional(),
  /** Present exactly when the outcome is `rework`. */
  rework: Rework.optional(),
  /** Only where a rule decided; decisions of before it was kept have none. */
  evidence: RuleEvidence.optional(),
  /** Only where a person approved several side by side. */
  together: Together.optional(),
});
export type ReviewDecision = z.infer<typeof ReviewDecision>;

/** The pipeline's message between stages: what is already there depends on how far the job is. */
export const PipelineMessage = BriefSafetyOutput.extend({
  briefDecision: ReviewDecision.optional(),
  preview: RenderResult.optional(),
  previewDecision: ReviewDecision.optional(),
  final: RenderResult.optional(),
  finalDecision: ReviewDecision.optional(),
  /** What reviewers sent back so far; every later render of the job follows it. */
  rework: Rework.optional(),
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

/** How much harm a wrong approval could do: what the policy found, and who would see it. */
export const RISKS = ['low', 'medium', 'high'] as const;
export const Risk = z.enum(RISKS);
export type Risk = z.infer<typeof Risk>;

/** Whose turn it is; after `until` it is anybody's again. */
export const ReviewClaim = z.strictObject({ reviewer: z.string().min(1).max(128), at: Instant, until: Instant });
export type ReviewClaim = z.infer<typeof ReviewClaim>;

/** A row of the review queue. The token never leaves the table. Defaults are for rows of before these fields were kept. */
export const ReviewItem = z.strictObject({
  jobId: JobId,
  tenant: z.string(),
  subject: ReviewSubject,
  kind: ReviewKind.default('decision'),
  round: z.int().min(1).max(MAX_ROUNDS).default(1),
  /** The take that is asked about; absent means the first. */
  take: z.int().min(2).max(MAX_TAKES).optional(),
  status: z.enum(['waiting', 'approved', 'rejected', 'rework', 'expired']),
  /** When intake accepted the job's brief; rows of before it was kept have none. */
  acceptedAt: Instant.optional(),
  requestedAt: Instant,
  deadlineAt: Instant,
  /** Why a person is asked, in one sentence a line. */
  reasons: z.array(z.string()),
  /** Categories of the reasons: what a reviewer has to be skilled in. */
  categories: z.array(SafetyCategory).default([]),
  risk: Risk.default('medium'),
  /** Two people have to approve; one is enough to refuse. */
  needsSecond: z.boolean().default(false),
  template: z.string().default(''),
  campaign: z.string().default(''),
  product: z.string().default(''),
  /** Length of the clip in seconds; 0 for a brief. */
  clipSeconds: z.number().nonnegative().default(0),
  /** `ReviewDossier`: everything the question is about, as it stood when it was asked. */
  dossier: ArtifactRef.optional(),
  /** What previews of one campaign have in common (domain/review/look.ts); only of previews that nobody sent back. */
  look: Sha256.optional(),
  /** Hash of the verdict that a question about a brief shows: exactly this is what an approval settles. */
  findings: Sha256.optional(),
  claim: ReviewClaim.optional(),
  /** The first of two approvals. */
  firstApproval: z.strictObject({ reviewer: z.string().min(1).max(128), at: Instant, reason: z.string().max(1_000) }).optional(),
  /** Somebody who saw it beside its like would not approve it with them: it is answered by itself, by a person. */
  leftOut: z.strictObject({ reviewer: z.string().min(1).max(128), at: Instant }).optional(),
  /** When the deadline came near and leads were told. */
  escalatedAt: Instant.optional(),
  /** Nobody can answer any more: since when, and why. Present exactly when the status is `expired`. */
  closed: z.strictObject({ at: Instant, because: z.string().min(1).max(500) }).optional(),
  /** The rule whose approval an audit looks at. */
  rule: z.string().min(1).max(64).optional(),
  decision: ReviewDecision.optional(),
  /** Decisions of earlier rounds, oldest first. */
  earlier: z.array(ReviewDecision).max(MAX_ROUNDS).default([]),
});
export type ReviewItem = z.infer<typeof ReviewItem>;

/** What people said of one campaign since one of them last refused something of it. One row a campaign. */
export const CampaignRecord = z.strictObject({
  /** When a person last rejected or sent back anything of the campaign. */
  refusedAt: Instant.optional(),
  /** Approvals of previews after that, by look, oldest first; the latest of each look. */
  approvals: z.array(Precedent.extend({ look: Sha256 })),
});
export type CampaignRecord = z.infer<typeof CampaignRecord>;

/** What a reviewer is shown, kept beside the job when the question is asked. Files are read through the references in it. */
export const ReviewDossier = z.strictObject({
  schema: z.literal('framewright/review-dossier/v1'),
  subject: ReviewSubject,
  round: z.int().min(1).max(MAX_ROUNDS),
  message: PipelineMessage,
});
export type ReviewDossier = z.infer<typeof ReviewDossier>;

/** What the decide function is called with by the CLI and the console. */
export const DecideInput = z.strictObject({
  jobId: JobId,
  subject: ReviewSubject.optional(),
  kind: ReviewKind.default('decision'),
  /** The round that the reviewer saw: a decision on another one is refused. Absent means whichever waits. */
  round: z.int().min(1).max(MAX_ROUNDS).optional(),
  outcome: z.enum(['approved', 'rejected', 'rework']),
  reviewer: z.string().min(1).max(128),
  reason: z.string().max(1_000).default(''),
  /** Needed for `rework`: at least one. */
  notes: z.array(ReviewNote).max(50).default([]),
});
export type DecideInput = z.infer<typeof DecideInput>;
/** As a caller writes it: what has a default may be left out. */
export type DecideRequest = z.input<typeof DecideInput>;

/**
 * `decided` the first time; `already-decided` with the standing decision for every later call, equal or conflicting; `second-needed` after the
 * first of two approvals; `claimed` while somebody else's claim lasts; `stale` when the question was asked again since; `refused` when
 * the notes cannot be followed (`problem` says why).
 */
export const DecideOutput = z.strictObject({
  result: z.enum(['decided', 'already-decided', 'second-needed', 'claimed', 'stale', 'refused', 'expired', 'not-found']),
  item: ReviewItem.optional(),
  problem: z.string().optional(),
});
export type DecideOutput = z.infer<typeof DecideOutput>;
