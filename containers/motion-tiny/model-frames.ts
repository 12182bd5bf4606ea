import { contractViolated } from '#domain/errors';
import { areaOf, type Canvas, MODEL_FRAMES } from './canvas.ts';

/**
 * Frames as they are kept: 8 bits a channel, one frame after another, each its red, green and blue plane. They are the same for every tier:
 * the preview keeps them, the final enlarges them.
 */
export type ModelFrames = Uint8Array;

export const frameBytes = (canvas: Canvas): number => 3 * areaOf(canvas);

/** A clip of the model (channel after channel, -1..1) as kept frames. Refuses what is no number. */
export function framesOfClip(clip: Float32Array, canvas: Canvas): ModelFrames {
  const area = areaOf(canvas);
  const frames = new Uint8Array(MODEL_FRAMES * frameBytes(canvas));
  for (let channel = 0; channel < 3; channel++)
    for (let frame = 0; frame < MODEL_FRAMES; frame++) {
      const from = (channel * MODEL_FRAMES + frame) * area;
      const to = (frame * 3 + channel) * area;
      for (let at = 0; at < area; at++) {
        const value = clip[from + at]!;
        if (Number.isNaN(value)) throw contractViolated('motion-tiny', `expected numbers in frame ${frame}, found NaN`);
        frames[to + at] = Math.round((Math.min(1, Math.max(-1, value)) + 1) * 127.5);
      }
    }
  return frames;
}

/** Writes kept frames over the first frames of a clip. */
export function writeFrames(clip: Float32Array, frames: ModelFrames, canvas: Canvas): void {
  const area = areaOf(canvas);
  const count = frames.length / (3 * area);
  for (let frame = 0; frame < count; frame++)
    for (let channel = 0; channel < 3; channel++) {
      const from = (frame * 3 + channel) * area;
      const to = (channel * MODEL_FRAMES + frame) * area;
      for (let at = 0; at < area; at++) clip[to + at] = signed(frames[from + at]!);
    }
}

/** 0..255 to -1..1. */
const signed = (byte: number): number => byte / 127.5 - 1;

/** Frame `first` and the one after it, as the upscaler reads them; the last frame is its own neighbour. */
export function pairAt(frames: ModelFrames, first: number, canvas: Canvas): Float32Array {
  const size = frameBytes(canvas);
  const second = Math.min(first + 1, MODEL_FRAMES - 1);
  const pair = new Float32Array(2 * size);
  for (let at = 0; at < size; at++) {
    pair[at] = signed(frames[first * size + at]!);
    pair[size + at] = signed(frames[second * size + at]!);
  }
  return pair;
}
