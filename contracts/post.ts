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
});
export type PostDocument = z.infer<typeof PostDocument>;

export const PostInput = GenerateOutput;
export type PostInput = z.infer<typeof PostInput>;

export const Post = PostDocument.omit({ schema: true, jobId: true, tier: true, template: true }).extend({ batchJobId: z.string().min(1) });
export const PostOutput = PostInput.extend({ post: Post });
export type PostOutput = z.infer<typeof PostOutput>;

/** What collect-clip is called with: the message and the id of the Batch job that just succeeded. */
export const CollectClipInput = PostInput.extend({ batchJobId: z.string().min(1) });
export type CollectClipInput = z.infer<typeof CollectClipInput>;
