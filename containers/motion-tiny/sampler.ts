import { type Canvas, CONTEXT_FRAMES, SLOT_FRAMES, SLOTS } from './canvas.ts';
import { type ModelFrames, writeFrames } from './model-frames.ts';
import { GUIDANCE, GUIDED_STEPS, noiseLevels } from './schedule.ts';

/** Where a sample is: `clip` after `step` of the steps. */
export interface SampleState {
  readonly step: number;
  readonly clip: Float32Array;
}

export interface Sampling {
  readonly canvas: Canvas;
  readonly start: SampleState;
  /** The last frames of the window before; absent for a shot's first window. */
  readonly context: ModelFrames | undefined;
  /** The model: the clean clip it sees in a noisy one, given the noise level of each slot, and told the shot's words or none. */
  readonly predict: (clip: Float32Array, levels: Float32Array, words: 'told' | 'untold') => Promise<Float32Array>;
  /** Hears of every finished step; what it throws ends the sampling. */
  readonly onStep: (state: SampleState) => Promise<void>;
}

/**
 * From noise to a clip along the straight line that the model points out (Euler steps). Frames of the context are clean from the first
 * step on, so the rest is drawn to fit them, and they come out as they went in.
 */
export async function sampleClip({ canvas, start, context, predict, onStep }: Sampling): Promise<Float32Array> {
  const levels = noiseLevels();
  let clip = start.clip;
  for (let step = start.step; step < levels.length - 1; step++) {
    if (context) writeFrames(clip, context, canvas);
    const level = levels[step]!;
    const slots = slotLevels(level, context !== undefined);
    const told = await predict(clip, slots, 'told');
    const clean = step < GUIDED_STEPS ? beyond(await predict(clip, slots, 'untold'), told) : told;
    clip = between(clean, clip, levels[step + 1]! / level);
    await onStep({ step: step + 1, clip });
  }
  if (context) writeFrames(clip, context, canvas);
  return limited(clip);
}

/** From `untold` through `told` and on: what the words changed, GUIDANCE times. */
function beyond(untold: Float32Array, told: Float32Array): Float32Array {
  const clean = new Float32Array(told.length);
  for (let at = 0; at < clean.length; at++) clean[at] = untold[at]! + (told[at]! - untold[at]!) * GUIDANCE;
  return clean;
}

/** From `clean` the given share of the way to `noisy`. */
function between(clean: Float32Array, noisy: Float32Array, share: number): Float32Array {
  const next = new Float32Array(clean.length);
  for (let at = 0; at < next.length; at++) next[at] = clean[at]! + (noisy[at]! - clean[at]!) * share;
  return next;
}

function limited(clip: Float32Array): Float32Array {
  const done = new Float32Array(clip.length);
  for (let at = 0; at < done.length; at++) done[at] = Math.min(1, Math.max(-1, clip[at]!));
  return done;
}

function slotLevels(level: number, hasContext: boolean): Float32Array {
  const levels = new Float32Array(SLOTS).fill(level);
  return hasContext ? levels.fill(0, 0, CONTEXT_FRAMES / SLOT_FRAMES) : levels;
}
