import { contractViolated } from '#domain/errors';

/** What a denoising model holds between two steps, small enough to compute by hand and as unforgiving: one wrong bit shows in every frame. */
export interface Latents {
  /** Steps that are done. */
  readonly step: number;
  readonly cells: Uint32Array;
}

export const CELLS = 64;
const GOLDEN = 0x9e3779b1; // 2^32 over the golden ratio: an odd number that spreads bits

/** Noise from the seed and from what the window before left. */
export function noise(seed: number, context: Uint8Array | undefined): Latents {
  const before = context && cellsOf('context', context);
  const cells = Uint32Array.from({ length: CELLS }, (_, index) => Math.imul(seed ^ (index + 1), GOLDEN) ^ (before?.[index] ?? 0));
  return { step: 0, cells };
}

/** One step; every cell takes from its neighbour, so the order and the number of steps matter. */
export const denoised = ({ step, cells }: Latents): Latents => ({
  step: step + 1,
  cells: cells.map((value, index) => Math.imul(value ^ ((cells[(index + 1) % CELLS] ?? 0) >>> 13), GOLDEN) + step),
});

/** Frame `n` of a window: rows of light, never black. */
export function painted({ cells }: Latents, n: number, { width, height }: { width: number; height: number }): Uint8Array {
  const frame = new Uint8Array(width * height * 1.5).fill(128, width * height);
  for (let row = 0; row < height; row++) frame.fill(40 + ((cells[(n * 7 + row) % CELLS] ?? 0) >>> 24) / 2, row * width, (row + 1) * width);
  return frame;
}

const bytesOf = (cells: Uint32Array): Uint8Array => new Uint8Array(cells.buffer.slice(0));
export const contextOf = ({ cells }: Latents): Uint8Array => bytesOf(cells);

export const checkpointOf = ({ step, cells }: Latents): Uint8Array => Uint8Array.of(step, ...bytesOf(cells));
export function resumed(checkpoint: Uint8Array, steps: number): Latents {
  const step = checkpoint[0] ?? 0;
  if (step > steps) throw contractViolated('scripted', `expected a checkpoint of at most ${steps} steps, found ${step}`);
  return { step, cells: cellsOf('checkpoint', checkpoint.subarray(1)) };
}

function cellsOf(what: string, bytes: Uint8Array): Uint32Array {
  if (bytes.byteLength !== CELLS * 4)
    throw contractViolated('scripted', `expected a ${what} of ${CELLS * 4} bytes, found ${bytes.byteLength}`);
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
