import * as z from 'zod';
import { ArtifactRef } from './artifact.ts';
import { OutputSize, TemplateId } from './brief.ts';
import { GenerateOutput } from './generate.ts';
import { JobId } from './identity.ts';
import { Tier } from './plan.ts';

/** One encoded clip: H.264 High yuv420p, AAC, faststart MP4. */
export const Clip = z.strictObject({
  ref: ArtifactRef,
  output: OutputSize,
  frames: z.int().positive(),
  /** frames / fps, exactly. */
  seconds: z.number().positive(),
});
export type Clip = z.infer<typeof Clip>;

/**
 * How well the joins of a clip's windows are hidden: the largest change of the picture at a join over the largest change inside windows
 * near it. 1 is no seam. Measured on the plates as they are shown, before grade and layers; domain/post/seam-score.ts says how.
 */
export const Seams = z.strictObject({
  joins: z.int().nonnegative(),
  /** Joins whose levels were matched or whose blend was lengthened. */
  repaired: z.int().nonnegative(),
  /** Mean of all joins; 1 when there are none. */
  score: z.number().nonnegative(),
  /** The same before repair. */
  unrepaired: z.number().nonnegative(),
  /** The join that scores worst: its shot, its first frame in the clip. */
  worst: z
    .strictObject({
      shot: z.int().nonnegative(),
      frame: z.int().nonnegative(),
      score: z.number().nonnegative(),
      unrepaired: z.number().nonnegative(),
    })
    .optional(),
  /** Largest distance in OKLab between the mean colour of a window and that of its shot's first window. Light that moves drifts too. */
  drift: z.number().nonnegative(),
});
export type Seams = z.infer<typeof Seams>;

/** What the post worker leaves behind, stored next to the clips. */
export const PostDocument = z.strictObject({
  schema: z.literal('framewright/post/v1'),
  jobId: JobId,
  tier: Tier,
  template: TemplateId,
  clips: z.array(Clip).min(1),
  /** PNG of one frame of the master. */
  poster: ArtifactRef,
  /** PNG grid of evenly spaced frames of the master, with their times. */
  contactSheet: ArtifactRef,
  seams: Seams,
});
export type PostDocument = z.infer<typeof PostDocument>;

export const PostInput = GenerateOutput;
export type PostInput = z.infer<typeof PostInput>;

export const Post = PostDocument.omit({ schema: true, jobId: true, tier: true, template: true }).extend({ batchJobId: z.string().min(1) });
export type Post = z.infer<typeof Post>;
export const PostOutput = PostInput.extend({ post: Post });
export type PostOutput = z.infer<typeof PostOutput>;

/** What collect-clip is called with: the message and the id of the Batch job that just succeeded. */
export const CollectClipInput = PostInput.extend({ batchJobId: z.string().min(1) });
export type CollectClipInput = z.infer<typeof CollectClipInput>;
