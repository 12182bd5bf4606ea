import type { Motion } from '#contracts/component';
import type { PlanDocument } from '#contracts/plan';
import { lengthAtLeast, lengthAtMost, type Span } from './windows.ts';

/** Latents are kept as 32-bit numbers, whatever the model computes in: a state must not round. */
const BYTES_OF_A_NUMBER = 4;

type Plate = PlanDocument['plate'];

/** Bytes of the latent of so many frames: channels x (one frame and whole strides in time) x cells of the plate x 4. */
export function latentBytes(
  frames: number,
  plate: Plate,
  { channels, cellPixels }: NonNullable<Motion['coDenoising']>,
  quantum: number,
): number {
  const inTime = 1 + Math.ceil((frames - 1) / quantum);
  return channels * inTime * (plate.width / cellPixels) * (plate.height / cellPixels) * BYTES_OF_A_NUMBER;
}

/**
 * The windows of a shot that is denoised as one: equal strides, the last one as long as the shot asks, since it is only decoded by itself and
 * not drawn. `undefined` when its component cannot, when one window is enough, or when the latent would be larger than the component allows.
 * Decided at the plate of the final, so that a preview is made as its final will be.
 */
export function windowsTogether(frameCount: number, largestPlate: Plate, motion: Motion): Span[] | undefined {
  const { coDenoising, frameQuantum: quantum, windowFrames, overlapFrames } = motion;
  const frames = lengthAtMost(windowFrames.max, quantum);
  if (!coDenoising || frameCount <= frames) return undefined;
  const total = lengthAtLeast(frameCount, quantum);
  if (latentBytes(total, largestPlate, coDenoising, quantum) > coDenoising.mostBytes) return undefined;

  // Windows begin at frames that begin a stride of the latent, too.
  const stride = Math.floor((frames - overlapFrames) / quantum) * quantum;
  const shortest = lengthAtLeast(windowFrames.min, quantum);
  const count = 1 + Math.ceil((total - frames) / stride); // so many that the last reaches the end, and the one before does not
  return Array.from({ length: count }, (_, index) => {
    const end = Math.min(index * stride + frames, total);
    return { start: Math.min(index * stride, total - shortest), end };
  });
}
