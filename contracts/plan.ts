import * as z from 'zod';
import { ArtifactRef } from './artifact.ts';
import { CameraMove, HexColor, OutputSize, TemplateId } from './brief.ts';
import { ComponentRef, WorkerRef } from './component.ts';
import { JobId, TenantId } from './identity.ts';
import { MAX_TAKES, Rework } from './rework.ts';
import { BriefSafetyOutput } from './safety-brief.ts';
import { TIERS } from './stages.ts';

export const Tier = z.enum(TIERS);

/** Which version it is; the first, 1, is not said. */
const LaterTake = z.int().min(2).max(MAX_TAKES).optional();

/** Half-open frame range inside one shot: `start` is rendered, `end` is not. */
export const Window = z.strictObject({
  start: z.int().nonnegative(),
  end: z.int().positive(),
  /** 32-bit seed derived from (job, tier-independent shot, window, take): the preview and the final draw the same picture. */
  seed: z.int().nonnegative().max(0xffff_ffff),
});
export type Window = z.infer<typeof Window>;

/** What moves in a shot. Our own model learnt all of them; the animatic draws the first eight itself and the rest as their nearest kin. */
export const MOTIFS = [
  'gradient',
  'bokeh',
  'light-sweep',
  'waves',
  'dust',
  'rays',
  'ripples',
  'aurora',
  'confetti',
  'snow',
  'smoke',
  'stripes',
] as const;
export const Motif = z.enum(MOTIFS);
export type Motif = z.infer<typeof Motif>;

export const Shot = z.strictObject({
  index: z.int().nonnegative(),
  /** The take in which it was last sent back; its windows lie under it. */
  take: LaterTake,
  /** First frame of the shot in the clip. */
  start: z.int().nonnegative(),
  frames: z.int().positive(),
  prompt: z.strictObject({ text: z.string().min(1), tokens: z.array(z.string()).min(1) }),
  /** The shot in the words that our own model learnt: motif, colors, speed, direction, density, softness (domain/plan/canonical-words.ts). */
  words: z.string().min(1),
  motif: Motif,
  /** Colours of this shot: base, accent, light. */
  colors: z.tuple([HexColor, HexColor, HexColor]),
  camera: CameraMove,
  caption: z.string().optional(),
  seed: z.int().nonnegative().max(0xffff_ffff),
  /** Its windows are denoised together, from the shot's seed; left out, each continues the one before or stands alone. */
  together: z.literal(true).optional(),
  windows: z.array(Window).min(1),
});
export type Shot = z.infer<typeof Shot>;

/** The whole plan, stored as an artifact; workers read it, messages carry only its reference. */
export const PlanDocument = z.strictObject({
  schema: z.literal('framewright/plan/v1'),
  jobId: JobId,
  tenant: TenantId,
  tier: Tier,
  /** The take of the clip: the largest of its shots' or of another tier's. */
  take: LaterTake,
  template: TemplateId,
  component: ComponentRef,
  /** Components that work beside the one above: denoise, upsample, audio. Pinned with the plan, so a deploy changes nothing that runs. */
  companions: z.array(ComponentRef).default([]),
  fps: z.int().positive(),
  /** Size of the generated motion plate in pixels. */
  plate: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  outputs: z.array(OutputSize).min(1),
  frames: z.int().positive(),
  overlapFrames: z.int().nonnegative(),
  shots: z.array(Shot).min(1),
});
export type PlanDocument = z.infer<typeof PlanDocument>;

/** What the render machine is started with. */
export const PlanInput = BriefSafetyOutput.extend({
  tier: Tier,
  /** What reviewers sent back so far; absent for the first take. */
  rework: Rework.optional(),
});
export type PlanInput = z.infer<typeof PlanInput>;

export const Plan = z.strictObject({
  document: ArtifactRef,
  component: ComponentRef,
  /** Versions that Batch is asked for: those that the job began with. */
  workers: z.strictObject({ generate: WorkerRef, post: WorkerRef }),
  /** Components that run inside these workers. */
  companions: z.array(ComponentRef).default([]),
  shots: z.int().positive(),
  windows: z.int().positive(),
  frames: z.int().positive(),
  fps: z.int().positive(),
});
export type Plan = z.infer<typeof Plan>;
export const PlanOutput = PlanInput.extend({ plan: Plan });
export type PlanOutput = z.infer<typeof PlanOutput>;
