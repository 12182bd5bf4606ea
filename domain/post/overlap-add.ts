import { contractViolated } from '#domain/errors';

/** Half-open frame range of one window inside its shot. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How one window joins the frames before it. */
export interface Joint {
  /** First frame of the window in the shot. */
  readonly start: number;
  /** Leading frames that are blended with what came before; the rest of the window stands alone. */
  readonly ramp: number;
  /** Frames of the window that are needed at all: the next window replaces whatever comes after its own ramp. */
  readonly read: number;
  /** Frames before this one are final once this window was read up to them. */
  readonly settledBefore: number;
}

/**
 * Where neighbouring windows of one shot meet. The last window of a shot is pulled back, so it can share many more frames
 * than `overlapFrames`; the ramp stays short all the same, because a long dissolve shows two pictures at once.
 * Frames past the end of the shot are never read. Throws Contract.Violated when windows leave a gap.
 */
export function joints(windows: readonly Span[], overlapFrames: number, shotFrames: number): Joint[] {
  const meets = windows.map((window, index) => {
    const before = windows[index - 1];
    const reached = before ? before.end : 0;
    const advanced = before ? window.start > before.start : window.start === 0;
    if (window.start > reached || !advanced)
      throw contractViolated(
        `window ${index} of the shot`,
        `expected a start after ${before?.start ?? 'nothing'} and at most ${reached}, found ${window.start}`,
      );
    return { start: window.start, ramp: before ? Math.min(overlapFrames, reached - window.start) : 0 };
  });
  const reached = windows.at(-1)?.end ?? 0;
  if (reached < shotFrames)
    throw contractViolated('windows of the shot', `expected frames up to ${shotFrames}, found them up to ${reached}`);

  return meets.flatMap(({ start, ramp }, index) => {
    if (start >= shotFrames) return [];
    const next = meets[index + 1];
    const end = Math.min(windows[index]?.end ?? 0, shotFrames, next ? next.start + next.ramp : shotFrames);
    return [
      {
        start,
        ramp: Math.min(ramp, shotFrames - start),
        read: end - start,
        settledBefore: Math.min(next?.start ?? shotFrames, shotFrames),
      },
    ];
  });
}

/** Weights are 256ths: the two of a frame add up to exactly 256, so equal pictures blend to themselves. */
const WHOLE = 256;

/** Weight of the later window at `step` (0-based) of a ramp of `ramp` frames, in 256ths; it never reaches 0 or 256. */
export const laterWeight = (step: number, ramp: number): number => Math.round((WHOLE * (step + 1)) / (ramp + 1));

/**
 * Blends `later` into `earlier` in place: `(earlier * (256 - weight) + later * weight + 128) >> 8` for every byte.
 * Four bytes go through one 32-bit word: two products of a byte and a weight, plus the rounding, stay below 2^16 each.
 */
export function blendInto(earlier: Uint8Array, later: Uint8Array, weight: number): void {
  if (earlier.length !== later.length)
    throw new RangeError(`expected frames of equal size, found ${earlier.length} and ${later.length} bytes`);
  const rest = WHOLE - weight;
  const words = aligned(earlier) && aligned(later) ? earlier.length >>> 2 : 0;
  if (words > 0) {
    const a = new Uint32Array(earlier.buffer, earlier.byteOffset, words);
    const b = new Uint32Array(later.buffer, later.byteOffset, words);
    for (let i = 0; i < words; i++) {
      const x = a[i] ?? 0;
      const y = b[i] ?? 0;
      const even = (Math.imul(x & 0xff00ff, rest) + Math.imul(y & 0xff00ff, weight) + 0x800080) >>> 8;
      const odd = Math.imul((x >>> 8) & 0xff00ff, rest) + Math.imul((y >>> 8) & 0xff00ff, weight) + 0x800080;
      a[i] = (even & 0xff00ff) | (odd & 0xff00ff00);
    }
  }
  for (let i = words * 4; i < earlier.length; i++) earlier[i] = ((earlier[i] ?? 0) * rest + (later[i] ?? 0) * weight + 128) >> 8;
}

const aligned = (bytes: Uint8Array): boolean => bytes.byteOffset % 4 === 0;

/**
 * Puts the windows of one shot together, frame by frame, holding only the frames that still wait for their neighbour
 * (at most `overlapFrames`). `read(index, frames)` yields the first `frames` frames of window `index`; a yielded frame
 * belongs to the taker, so it must not be reused.
 */
export async function* overlapAdd(
  parts: readonly Joint[],
  read: (index: number, frames: number) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let settled = 0;
  for (const [index, part] of parts.entries()) {
    let at = part.start;
    for await (const frame of read(index, part.read)) {
      const step = at - part.start;
      const earlier = waiting[at - settled];
      if (step < part.ramp && earlier) blendInto(earlier, frame, laterWeight(step, part.ramp));
      else waiting.push(frame);
      at++;
      while (waiting.length > 0 && settled < Math.min(part.settledBefore, at)) {
        const done = waiting.shift();
        settled++;
        if (done) yield done;
      }
    }
    if (at !== part.start + part.read) throw contractViolated(`window ${index}`, `expected ${part.read} frames, found ${at - part.start}`);
  }
}
