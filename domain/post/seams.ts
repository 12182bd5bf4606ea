import type { Seams } from '#contracts/post';
import { seamVisible } from '#domain/errors';
import { colorDistance, type MeanColor } from './color-drift.ts';
import { levelFrame, levelShare } from './match-levels.ts';
import { type Decision, mendJoin } from './mend-join.ts';
import type { Join, Joint } from './overlap-add.ts';
import type { Size } from './rendered-size.ts';
import { joinScore, NEAR, SEAM_LIMIT, SEAM_TARGET } from './seam-score.ts';
import { type Change, changeBetween, emptyLike, meanOf, planesOf, type Sketch, sketching } from './sketch.ts';

/** Watches a clip's plates go by, decides how each window joins, and says in the end how well the seams are hidden. */
export interface SeamKeeper {
  /** The next frames belong to this shot; the change between two shots is a cut, not a seam. */
  beginShot(shot: { readonly index: number; readonly start: number }): void;
  /**
   * Decides how a window joins; `earlier` are the frames that wait for it, `later` its own first ones. Every frame before it was shown.
   * Throws Seam.Visible when no repair brings the join under the limit.
   */
  join(part: Joint, earlier: readonly Uint8Array[], later: readonly Uint8Array[]): Join;
  /** A frame as it is shown, after all blending. */
  shown(frame: Uint8Array): void;
  report(): Seams;
}

/** A join that is being shown. */
interface Watched {
  readonly frame: number;
  readonly decision: Decision;
  readonly at: Change[];
}

/** `limit` is what one join may score; the bench of hard cuts lifts it. */
export function seamKeeper(plate: Size, limit = SEAM_LIMIT): SeamKeeper {
  const sketch = sketching(plate);
  let shot = { index: 0, start: 0 };
  let last: Sketch | undefined;
  let spare: Sketch | undefined;
  /** Sketches of the frames at a join, used again at the next one. */
  const banks: Record<'earlier' | 'later', Sketch[]> = { earlier: [], later: [] };
  let scratch: readonly [Sketch, Sketch, Sketch] | undefined;
  const sketched = (frames: readonly Uint8Array[], bank: Sketch[]): Sketch[] =>
    frames.map((picture, index) => {
      const made = sketch(picture, bank[index]);
      bank[index] = made;
      return made;
    });
  /** The last changes inside windows, as the windows came. */
  let near: Change[] = [];
  const ordinary = (change: Change): void => {
    near = [...near, change].slice(-NEAR);
  };
  let levelled = false;
  let watched: Watched | undefined;
  let joins = 0;
  let repaired = 0;
  const sums = { score: 0, unrepaired: 0 };
  let worst: Seams['worst'];
  const drift = colorDrift();

  const conclude = (): void => {
    if (!watched) return;
    const { decision, at } = watched;
    const score = joinScore({ ...decision.ordinary, at });
    sums.score += score;
    sums.unrepaired += decision.unrepaired;
    if (worst === undefined || score > worst.score)
      worst = { shot: shot.index, frame: watched.frame, score: rounded(score), unrepaired: rounded(decision.unrepaired) };
    watched = undefined;
  };

  return {
    beginShot(next) {
      conclude();
      drift.endWindow();
      drift.beginShot();
      shot = { index: next.index, start: next.start };
      last = undefined;
      near = [];
      levelled = false;
    },
    join(part, earlier, later) {
      conclude();
      drift.endWindow();
      if (!last) throw new RangeError('expected a frame before the window that joins, found none');
      const until = part.settledBefore - part.start;
      scratch ??= [emptyLike(last), emptyLike(last), emptyLike(last)];
      const [even, odd] = scratch;
      const decision = mendJoin({
        ...{ before: last, near, ramp: part.ramp, room: part.room, until, scratch },
        earlier: sketched(earlier, banks.earlier),
        later: sketched(later, banks.later),
      });
      joins++;
      const { ramp, match, score, unrepaired } = decision;
      if (match || ramp !== part.ramp) repaired++;
      if (score > limit)
        throw seamVisible(
          `shot ${shot.index} frame ${part.start}`,
          `expected a join that scores at most ${SEAM_TARGET} (${limit} at worst), found ${rounded(score)} after repair, ${rounded(unrepaired)} before`,
        );
      watched = { frame: shot.start + part.start, decision, at: [] };
      levelled = match !== undefined;
      if (!match) return { ramp };
      let raw: Sketch | undefined;
      const level = (picture: Uint8Array, step: number): void => {
        if (step >= ramp && step < until) {
          const now = sketch(picture, step % 2 === 0 ? even : odd);
          if (raw) ordinary(changeBetween(raw, now));
          raw = now;
        }
        levelFrame(planesOf(picture, plate), match, levelShare(step, ramp, until));
      };
      return { ramp, level };
    },
    shown(picture) {
      const now = sketch(picture, spare);
      spare = last;
      if (last) {
        const change = changeBetween(last, now);
        if (watched) watched.at.push(change);
        else if (!levelled) ordinary(change);
      }
      if (watched && watched.at.length > watched.decision.ramp) conclude();
      if (!watched) drift.add([meanOf(now.y), meanOf(now.u), meanOf(now.v)]);
      last = now;
    },
    report() {
      conclude();
      drift.endWindow();
      return {
        joins,
        repaired,
        score: joins === 0 ? 1 : rounded(sums.score / joins),
        unrepaired: joins === 0 ? 1 : rounded(sums.unrepaired / joins),
        ...(worst === undefined ? {} : { worst }),
        drift: rounded(drift.largest()),
      };
    },
  };
}

/** How far the mean colour of any window lies from that of its shot's first window, over the frames that a window shows alone. */
function colorDrift() {
  let first: MeanColor | undefined;
  let sum: [number, number, number] = [0, 0, 0];
  let frames = 0;
  let largest = 0;
  return {
    beginShot(): void {
      first = undefined;
    },
    add([y, u, v]: MeanColor): void {
      sum = [sum[0] + y, sum[1] + u, sum[2] + v];
      frames++;
    },
    endWindow(): void {
      if (frames === 0) return;
      const mean: MeanColor = [sum[0] / frames, sum[1] / frames, sum[2] / frames];
      first ??= mean;
      largest = Math.max(largest, colorDistance(first, mean));
      sum = [0, 0, 0];
      frames = 0;
    },
    largest: () => largest,
  };
}

/** Thousandths are more than an eye or a gate can tell apart, and keep the report the same where floats differ in their last bit. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
