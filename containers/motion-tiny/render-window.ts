import { type Canvas, CONTEXT_FRAMES, MODEL_FPS, MODEL_FRAMES, SCALE } from './canvas.ts';
import { carryOver } from './carry-over.ts';
import { chanceOf } from './chance.ts';
import { frameBytes, framesOfClip, type ModelFrames, pairAt } from './model-frames.ts';
import type { Networks, Wish } from './networks.ts';
import { nothingDrawn, type SampleState, sampleClip } from './sampler.ts';
import { videoPlanes } from './video-planes.ts';

/** One window, as plain data that can be sent to a thread. */
export interface WindowJob {
  readonly wish: Wish;
  readonly canvas: Canvas;
  readonly plate: Canvas;
  /** Of the chance that a whole shot is drawn from. */
  readonly seed: number;
  /** When the window begins, in seconds of the shot. */
  readonly from: number;
  /** Of the dither, the same for a whole shot. */
  readonly grain: number;
  /** The last frames of the window before. */
  readonly context: ModelFrames | undefined;
  /** A step that an attempt before reached. */
  readonly state: SampleState | undefined;
  /** The window's frames, when another tier has made them already. */
  readonly kept: ModelFrames | undefined;
}

/** What a render tells while it goes on. Each may throw to end it. */
export interface Listener {
  readonly onStep: (state: SampleState) => Promise<void>;
  /** The frames that do not depend on the tier, when they were made here. */
  readonly onFrames: (frames: ModelFrames) => Promise<void>;
  /** The next picture of the plate; the buffer is used again afterwards. */
  readonly onPicture: (picture: Uint8Array) => Promise<void>;
}

/** Samples, denoises, keeps, enlarges and encodes one window. Answers with the frames that the next window starts from. */
export async function renderWindow(networks: Networks, job: WindowJob, listener: Listener): Promise<ModelFrames> {
  const frames = job.kept ?? (await sampleFrames(networks, job, listener));
  if (!job.kept) await listener.onFrames(frames);
  await showFrames(networks, frames, job, listener);
  return frames.slice((MODEL_FRAMES - CONTEXT_FRAMES) * frameBytes(job.canvas));
}

async function sampleFrames(networks: Networks, job: WindowJob, { onStep }: Listener): Promise<ModelFrames> {
  const { canvas, context, wish, seed, from } = job;
  const chance = chanceOf(seed);
  const start = job.state ?? nothingDrawn(canvas);
  const clip = await sampleClip({
    ...{ canvas, start, from, fps: MODEL_FPS, onStep },
    draw: (moments) => networks.motion(moments, wish, chance, canvas),
  });
  const clean = await networks.denoise(clip, canvas);
  if (context) carryOver(clean, context, canvas);
  const frames = framesOfClip(clean, canvas);
  if (context) frames.set(context); // what both windows show is the same to the bit
  return frames;
}

async function showFrames(networks: Networks, frames: ModelFrames, { canvas, plate, grain }: WindowJob, { onPicture }: Listener) {
  const large = { width: SCALE * canvas.width, height: SCALE * canvas.height };
  const encode = videoPlanes(large, plate, grain);
  const size = frameBytes(large);
  for (let frame = 0; frame < MODEL_FRAMES; frame++) {
    const pair = await networks.upscale(pairAt(frames, frame, canvas), canvas);
    await onPicture(encode(pair.subarray(0, size)));
    if (frame < MODEL_FRAMES - 1) await onPicture(encode(pair.subarray(size)));
  }
}
