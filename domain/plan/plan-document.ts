import type { Brief } from '#contracts/brief';
import type { Component, ComponentRef } from '#contracts/component';
import type { Job } from '#contracts/job';
import type { PlanDocument, Shot } from '#contracts/plan';
import type { Rework } from '#contracts/rework';
import type { Tier } from '#contracts/stages';
import { contractViolated } from '#domain/errors';
import { canonicalWords } from './canonical-words.ts';
import { plateSize } from './plate-size.ts';
import { promptOf } from './prompt.ts';
import { seedOf } from './seeds.ts';
import { shotColors } from './shot-colors.ts';
import { shotSpans } from './shot-spans.ts';
import { shotTakes } from './shot-takes.ts';
import { templates } from './templates.ts';
import { windowsTogether } from './together.ts';
import { shotWindows } from './windows.ts';

export interface PlanRequest {
  readonly job: Pick<Job, 'jobId' | 'tenant'>;
  readonly tier: Tier;
  readonly brief: Brief;
  /** Colours of the product photo, most common first. */
  readonly photoPalette: readonly string[];
  readonly component: Component;
  /** Components that work beside it; none when left out. */
  readonly companions?: readonly ComponentRef[];
  /** What reviewers sent back so far; nothing when left out. */
  readonly rework?: Rework | undefined;
}

/**
 * The creative agent: turns a storyboard into shots that a component can render. The same request is the same plan, and
 * the two tiers differ in the size of the plate only, so a person who approves the preview approves the final's motion. A shot depends on the
 * brief and on what was said about it alone, so one that is not sent back is the same shot in every take and its windows are used again.
 */
export function planDocument({ job, tier, brief, photoPalette, component, companions = [], rework }: PlanRequest): PlanDocument {
  const { motion } = component;
  if (!motion) throw contractViolated(`component ${component.id}@${component.version}`, 'expected one that makes frames, found no motion');
  const [master] = brief.outputs;
  if (!master) throw contractViolated('brief.outputs', 'expected at least one output, found none');

  const spans = shotSpans(
    brief.storyboard.map((frame) => frame.seconds),
    master.fps,
  );
  const template = templates[brief.template];
  const takes = shotTakes(brief.storyboard, template.motifs, rework);
  const plateOf = (shortSide: number) => plateSize(master, shortSide, motion.sizeMultiple);
  const shots: Shot[] = [];
  for (const [index, { frame, motif, take }] of takes.entries()) {
    const { start, frames } = spans[index] ?? { start: 0, frames: 0 };
    const seed = (...place: number[]): number => seedOf(job.jobId, [index, ...place], take);
    const together = windowsTogether(frames, plateOf(motion.shortSide.final), motion);
    const colors = shotColors(brief.brand.palette, photoPalette, index);
    shots.push({
      index,
      ...(take > 1 && { take }),
      start,
      frames,
      prompt: promptOf(frame, template),
      words: canonicalWords({ ...frame, motif, colors, template }),
      motif,
      colors,
      camera: frame.camera,
      ...(frame.caption === undefined ? {} : { caption: frame.caption }),
      seed: seed(),
      ...(together && { together: true }),
      windows: (together ?? shotWindows(frames, motion)).map((span) => ({ ...span, seed: seed(span.start, span.end) })),
    });
  }

  return {
    schema: 'framewright/plan/v1',
    jobId: job.jobId,
    tenant: job.tenant,
    tier,
    ...(rework && { take: rework.take }),
    template: brief.template,
    component: { id: component.id, version: component.version },
    companions: [...companions],
    fps: master.fps,
    plate: plateOf(motion.shortSide[tier]),
    outputs: brief.outputs,
    frames: spans.reduce((sum, span) => sum + span.frames, 0),
    overlapFrames: motion.overlapFrames,
    shots,
  };
}
