import type { Seams } from '#contracts/post';
import { joints, overlapAdd, type Span } from '#domain/post/overlap-add';
import { seamKeeper } from '#domain/post/seams';

export const PLATE = { width: 64, height: 36 };
const LUMA = PLATE.width * PLATE.height;

/** What a window adds to the picture it should have drawn. */
export interface Fault {
  /** Added to Y, U and V, in 8-bit steps. */
  readonly y?: number;
  readonly u?: number;
  readonly v?: number;
  /** Luma's spread around its middle is multiplied by this. */
  readonly contrast?: number;
  /** The window draws what belongs this many frames later. */
  readonly late?: number;
}

const wave = (turns: number): number => Math.sin(2 * Math.PI * turns);

/** Soft bands that wander over a gradient: motion that is ordinary, the same in every window without a fault. */
export function picture(frame: number, { y = 0, u = 0, v = 0, contrast = 1, late = 0 }: Fault = {}): Uint8Array {
  const bytes = new Uint8Array(LUMA * 1.5);
  const moment = frame + late;
  for (let row = 0; row < PLATE.height; row++)
    for (let column = 0; column < PLATE.width; column++) {
      const light = 40 * wave((column + moment * 1.7) / 32) + 30 * wave((row - moment * 1.1) / 18); // whole waves: the mean stands still
      bytes[row * PLATE.width + column] = Math.round(110 + y + contrast * light);
    }
  bytes.fill(120 + u, LUMA, LUMA * 1.25);
  bytes.fill(140 + v, LUMA * 1.25);
  return bytes;
}

export interface PlantedShot {
  readonly windows: readonly Span[];
  readonly overlap: number;
  readonly frames: number;
  readonly draw: (window: number, frame: number) => Uint8Array;
  /** What a join may score. */
  readonly limit?: number;
}

/** Joins a shot as the post stage does. `kept` false joins it as the windows came. */
export async function joinedShot(
  { windows, overlap, frames, draw, limit }: PlantedShot,
  kept = true,
): Promise<{ shown: Uint8Array[]; seams: Seams }> {
  const keeper = seamKeeper(PLATE, limit);
  keeper.beginShot({ index: 3, start: 100 });
  const read = async function* (index: number, count: number) {
    const { start } = windows[index]!;
    for (let frame = start; frame < start + count; frame++) yield draw(index, frame);
  };
  const shown: Uint8Array[] = [];
  for await (const frame of overlapAdd(joints(windows, overlap, frames), read, kept ? { join: keeper.join } : {})) {
    if (kept) keeper.shown(frame);
    shown.push(frame.slice());
  }
  return { shown, seams: keeper.report() };
}

/** Windows at a fixed stride, as a component that continues gets them. */
export const strided = (count: number, length: number, overlap: number): Span[] =>
  Array.from({ length: count }, (_, index) => ({ start: index * (length - overlap), end: index * (length - overlap) + length }));
