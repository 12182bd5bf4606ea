import { areaOf, type Canvas, CONTEXT_FRAMES, MODEL_FRAMES } from './canvas.ts';
import type { ModelFrames } from './model-frames.ts';

/**
 * Lets a window begin where the one before ended, moving as it moves: its first new frame becomes the last context frame plus the window's own
 * first change. What that adds fades out towards the end of the window: a model continues a picture well, but never to the last shade, and a step
 * between two frames is what an eye catches. The last frames, which the next window starts from, are the model's own. Changes `clip`
 * (channel after channel, -1..1).
 */
export function carryOver(clip: Float32Array, context: ModelFrames, canvas: Canvas): void {
  const area = areaOf(canvas);
  const last = CONTEXT_FRAMES - 1;
  const fading = MODEL_FRAMES - 2 * CONTEXT_FRAMES;
  for (let channel = 0; channel < 3; channel++) {
    const shown = (last * 3 + channel) * area;
    const first = (channel * MODEL_FRAMES + CONTEXT_FRAMES) * area;
    for (let at = 0; at < area; at++) {
      const begun = clip[first + at]!;
      const missing = context[shown + at]! / 127.5 - 1 + (clip[first + area + at]! - begun) - begun;
      for (let frame = 0; frame < fading; frame++) {
        const place = first + frame * area + at;
        clip[place] = clip[place]! + missing * (1 - frame / fading);
      }
    }
  }
}
