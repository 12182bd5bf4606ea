import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import type { PostDocument } from '#contracts/post';
import { renderedSize } from './rendered-size.ts';
import { SEAM_LIMIT } from './seam-score.ts';

/** What is wrong with a post document of this plan, as "expected, found"; `undefined` when nothing is. */
export function postProblem(document: PostDocument, plan: PlanDocument): string | undefined {
  const { jobId, tier, template, outputs, frames, fps } = plan;
  if (document.jobId !== jobId || document.tier !== tier || document.template !== template)
    return `expected ${jobId} ${tier} ${template}, found ${document.jobId} ${document.tier} ${document.template}`;
  if (document.clips.length !== outputs.length) return `expected ${outputs.length} clips, found ${document.clips.length}`;
  for (const [index, wanted] of outputs.entries()) {
    const clip = document.clips[index];
    const size = renderedSize(wanted, tier);
    const key = keys.clip(plan, size);
    if (clip?.ref.key !== key) return `expected clip ${index} at ${key}, found ${clip?.ref.key}`;
    if (clip.output.width !== size.width || clip.output.height !== size.height || clip.output.fps !== fps)
      return `expected clip ${index} of ${size.width}x${size.height} at ${fps} fps, found ${clip.output.width}x${clip.output.height} at ${clip.output.fps}`;
    if (clip.frames !== frames || clip.seconds !== frames / fps)
      return `expected clip ${index} of ${frames} frames (${frames / fps} s), found ${clip.frames} (${clip.seconds} s)`;
  }
  const { worst } = document.seams;
  if (worst && worst.score > SEAM_LIMIT)
    return `expected joins that score at most ${SEAM_LIMIT}, found ${worst.score} at frame ${worst.frame} (shot ${worst.shot})`;
  return undefined;
}
