import { contractViolated } from '#domain/errors';
import { blendInto, laterWeight } from './blend.ts';
import { NEAR } from './seam-score.ts';

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
  /** The most frames that may be blended, when repair asks for a longer ramp: both windows drew them. */
  readonly room: number;
  /** Frames of the window that are looked at before it is decided how it joins. */
  readonly ahead: number;
  /** Frames of the window that are needed at all: the next window replaces whatever comes after its own longest ramp. */
  readonly read: number;
  /** Frames before this one are final once this window was read up to them. */
  readonly settledBefore: number;
}

/** A ramp is lengthened to three times itself at most: a longer dissolve shows two pictures at once for longer than it hides a step. */
const LONGEST_RAMP = 3;

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
    const shared = before ? reached - window.start : 0;
    return { start: window.start, ramp: Math.min(overlapFrames, shared), room: Math.min(LONGEST_RAMP * overlapFrames, shared) };
  });
  const reached = windows.at(-1)?.end ?? 0;
  if (reached < shotFrames)
    throw contractViolated('windows of the shot', `expected frames up to ${shotFrames}, found them up to ${reached}`);

  return meets.flatMap(({ start, ramp, room }, index) => {
    if (start >= shotFrames) return [];
    const next = meets[index + 1];
    const end = Math.min(windows[index]?.end ?? 0, shotFrames, next ? next.start + next.room : shotFrames);
    return [
      {
        start,
        ramp: Math.min(ramp, shotFrames - start),
        room: Math.min(room, shotFrames - start),
        ahead: index === 0 ? 0 : Math.min(room + 1 + NEAR, end - start),
        read: end - start,
        settledBefore: Math.min(next?.start ?? shotFrames, shotFrames),
      },
    ];
  });
}

/** How a window is joined: over how many frames, and what is done to each of its frames before. */
export interface Join {
  readonly ramp: number;
  readonly level?: (frame: Uint8Array, step: number) => void;
}

export interface JoinedBy {
  /** Decides about a window from the frames that wait for it and from its own first ones. Left out, every window joins as planned. */
  readonly join?: (part: Joint, earlier: readonly Uint8Array[], later: readonly Uint8Array[]) => Join;
  /** Is given every frame that nobody needs any more. */
  readonly release?: (frame: Uint8Array) => void;
}

/**
 * Puts the windows of one shot together, frame by frame. Held are the frames that still wait for their neighbour and those that are looked
 * at ahead: a few dozen, however long the shot is. `read(index, frames)` yields the first `frames` frames of window `index`, each in a
 * buffer of its own; a frame that comes out is the taker's until the next one is asked for.
 */
export async function* overlapAdd(
  parts: readonly Joint[],
  read: (index: number, frames: number) => AsyncGenerator<Uint8Array>,
  { join = ({ ramp }) => ({ ramp }), release = () => {} }: JoinedBy = {},
): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let settled = 0;
  for (const [index, part] of parts.entries()) {
    const frames = read(index, part.read);
    try {
      const later = await firstOf(frames, part.ahead);
      const { ramp, level } = index === 0 ? { ramp: 0 } : join(part, waiting, later);
      for (const unused of waiting.splice(ramp)) release(unused);
      let at = part.start;
      for await (const frame of chained(later, frames)) {
        const step = at - part.start;
        level?.(frame, step);
        const earlier = waiting[at - settled];
        if (step < ramp && earlier) {
          blendInto(earlier, frame, laterWeight(step, ramp));
          release(frame);
        } else waiting.push(frame);
        at++;
        while (settled < Math.min(part.settledBefore, at)) {
          const done = waiting.shift();
          settled++;
          if (!done) break;
          yield done;
          release(done);
        }
      }
      if (at !== part.start + part.read)
        throw contractViolated(`window ${index}`, `expected ${part.read} frames, found ${at - part.start}`);
    } finally {
      await frames.return(undefined);
    }
  }
}

async function firstOf(frames: AsyncGenerator<Uint8Array>, count: number): Promise<Uint8Array[]> {
  const taken: Uint8Array[] = [];
  while (taken.length < count) {
    const { done, value } = await frames.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

async function* chained(first: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}
