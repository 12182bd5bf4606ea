import type { Brief } from '#contracts/brief';
import type { Component, ComponentRef } from '#contracts/component';
import type { Job } from '#contracts/job';
import type { PlanDocument, Shot } from '#contracts/plan';
import type { Tier } from '#contracts/stages';
import { contractViolated } from '#domain/errors';
import { canonicalWords } from './canonical-words.ts';
import { chooseMotif } from './motifs.ts';
import { plateSize } from './plate-size.ts';
import { promptOf } from './prompt.ts';
import { seedOf } from './seeds.ts';
import { shotColors } from './shot-colors.ts';
import { shotSpans } from './shot-spans.ts';
import { templates } from './templates.ts';
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
}

/**
 * The creative agent: turns a storyboard into shots that a component can render. The same request is the same plan, and
 * the two tiers differ in the size of the plate only, so a person who approves the preview approves the final's motion.
 */
export function planDocument({ job, tier, brief, photoPalette, component, companions = [] }: PlanRequest): PlanDocument {
  const { motion } = component;
  if (!motion) throw contractViolated(`component ${component.id}@${component.version}`, 'expected one that makes frames, found no motion');
  const [master] = brief.outputs;
  if (!master) throw contractViolated('brief.outputs', 'expected at least one output, found none');

  const spans = shotSpans(
    brief.storyboard.map((frame) => frame.seconds),
    master.fps,
  );
  const template = templates[brief.template];
  const shots: Shot[] = [];
  for (const [index, frame] of brief.storyboard.entries()) {
    const { start, frames } = spans[index] ?? { start: 0, frames: 0 };
    const motif = chooseMotif(frame.description, index, template.motifs, shots.at(-1)?.motif);
    const colors = shotColors(brief.brand.palette, photoPalette, index);
    shots.push({
      index,
      start,
      frames,
      prompt: promptOf(frame, template),
      words: canonicalWords({ ...frame, motif, colors, template }),
      motif,
      colors,
      camera: frame.camera,
      ...(frame.caption === undefined ? {} : { caption: frame.caption }),
      seed: seedOf(job.jobId, index),
      windows: shotWindows(frames, motion).map((span) => ({ ...span, seed: seedOf(job.jobId, index, span.start, span.end) })),
    });
  }

  return {
    schema: 'framewright/plan/v1',
    jobId: job.jobId,
    tenant: job.tenant,
    tier,
    template: brief.template,
    component: { id: component.id, version: component.version },
    companions: [...companions],
    fps: master.fps,
    plate: plateSize(master, motion.shortSide[tier], motion.sizeMultiple),
    outputs: brief.outputs,
    frames: spans.reduce((sum, span) => sum + span.frames, 0),
    overlapFrames: motion.overlapFrames,
    shots,
  };
}
