import { areaOf, type Canvas, MODEL_FRAMES, STEP_FRAMES, STEPS } from './canvas.ts';

/** How far a window is drawn: the frames of `step` steps stand in `clip`, [3, 16, height, width], -1..1; the rest is 0. */
export interface SampleState {
  readonly step: number;
  readonly clip: Float32Array;
}

export interface Sampling {
  readonly canvas: Canvas;
  readonly start: SampleState;
  /** When the window begins, in seconds of the shot. */
  readonly from: number;
  /** Frames a second of the model. */
  readonly fps: number;
  /** The model: frames at the given moments (seconds of the shot), [3, moments, height, width]. */
  readonly draw: (moments: Float32Array) => Promise<Float32Array>;
  /** Hears of every finished step; what it throws ends the sampling. */
  readonly onStep: (state: SampleState) => Promise<void>;
}

export const nothingDrawn = (canvas: Canvas): SampleState => ({ step: 0, clip: new Float32Array(3 * MODEL_FRAMES * areaOf(canvas)) });

/** Draws a window, a few frames a step: what lies between two steps is all that an interruption can cost. */
export async function sampleClip({ canvas, start, from, fps, draw, onStep }: Sampling): Promise<Float32Array> {
  const area = areaOf(canvas);
  const clip = start.clip.slice();
  for (let step = start.step; step < STEPS; step++) {
    const first = step * STEP_FRAMES;
    const frames = await draw(Float32Array.from({ length: STEP_FRAMES }, (_, frame) => from + (first + frame) / fps));
    for (let channel = 0; channel < 3; channel++) {
      const drawn = frames.subarray(channel * STEP_FRAMES * area, (channel + 1) * STEP_FRAMES * area);
      clip.set(drawn, (channel * MODEL_FRAMES + first) * area);
    }
    await onStep({ step: step + 1, clip });
  }
  return clip;
}
