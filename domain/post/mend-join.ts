import { blendInto, laterWeight } from './blend.ts';
import { type LevelMatch, levelFrame, levelShare, matchLevels } from './match-levels.ts';
import { inCommon, type JoinChanges, joinScore, NEAR, SEAM_TARGET } from './seam-score.ts';
import { type Change, changeBetween, type Sketch } from './sketch.ts';

/** Two windows about to be joined, as sketches. Step 0 is the later window's first frame. */
export interface Meeting {
  /** The last picture shown before. */
  readonly before: Sketch;
  /** The last `NEAR` changes inside windows before the join, as the windows came. */
  readonly near: readonly Change[];
  /** What the earlier window drew from step 0 on; may be fewer frames than the later one's. */
  readonly earlier: readonly Sketch[];
  /** The later window: its ramp, the frame after it, and `NEAR` more where it has them. */
  readonly later: readonly Sketch[];
  /** Frames that are blended unless repair says otherwise, and the most that may be. */
  readonly ramp: number;
  readonly room: number;
  /** Step at which the next window begins, or the shot ends. */
  readonly until: number;
  /** Sketches to draw in; what they hold is lost. */
  readonly scratch: readonly [Sketch, Sketch, Sketch];
}

/** One way to join: how long to blend, and how to level the later window. */
export interface Way {
  readonly ramp: number;
  readonly match?: LevelMatch;
}

export interface Decision extends Way {
  /** What is ordinary around the join. */
  readonly ordinary: Omit<JoinChanges, 'at'>;
  /** What the join scores this way, and as the windows came. */
  readonly score: number;
  readonly unrepaired: number;
}

/** A repair that gains less than this is not made: the windows as they came are worth more than a hundredth. */
const WORTH = 0.99;

/**
 * How a window joins. As it came, when that meets the target: then not a bit of it is changed. Otherwise its levels are matched; if a step is
 * still seen, it is also blended for longer, where the windows share more frames. If nothing meets the target, the best way is taken.
 */
export function mendJoin(meeting: Meeting): Decision {
  const { ramp, earlier } = meeting;
  const asItCame = tried(meeting, { ramp });
  const unrepaired = asItCame.score;
  if (unrepaired <= SEAM_TARGET || ramp === 0 || earlier.length < ramp) return { ...asItCame, unrepaired };

  let best = asItCame;
  for (const way of repairs(meeting)) {
    const repaired = tried(meeting, way);
    if (repaired.score < best.score * WORTH) best = repaired;
    if (best.score <= SEAM_TARGET) break;
  }
  return { ...best, unrepaired };
}

function* repairs({ earlier, later, ramp, room }: Meeting): Generator<Way> {
  yield { ramp, match: matchLevels(earlier.slice(0, ramp), later.slice(0, ramp)) };
  const long = Math.min(room, earlier.length, later.length);
  if (long > ramp) yield { ramp: long, match: matchLevels(earlier.slice(0, long), later.slice(0, long)) };
}

function tried(meeting: Meeting, way: Way): Omit<Decision, 'unrepaired'> {
  const ordinary = { near: [...meeting.near, ...changesAfter(meeting, way.ramp)], own: ownChanges(meeting, way.ramp) };
  return { ...way, ordinary, score: joinScore({ ...ordinary, at: changesAt(meeting, way) }) };
}

/** What would be seen of a join made this way. */
function changesAt(meeting: Meeting, way: Way): Change[] {
  const draw = drawing(meeting, way);
  const found: Change[] = [];
  let last = meeting.before;
  for (let step = 0; step < meeting.later.length && step <= way.ramp; step++) {
    const picture = draw(step);
    found.push(changeBetween(last, picture));
    last = picture;
  }
  return found;
}

/** Changes inside the later window after its ramp and before the next join, as it came: what levelling adds is no ordinary motion. */
function changesAfter({ later, until }: Meeting, ramp: number): Change[] {
  const found: Change[] = [];
  for (let step = ramp + 1; step <= ramp + NEAR && step < until; step++) {
    const [before, after] = [later[step - 1], later[step]];
    if (before && after) found.push(changeBetween(before, after));
  }
  return found;
}

/** Draws what would be shown at a step. A drawn sketch holds until the next but one is asked for: two are all that a change needs. */
function drawing({ earlier, later, until, scratch: [even, odd, levelled] }: Meeting, { ramp, match }: Way): (step: number) => Sketch {
  return (step) => {
    const raw = later[step];
    if (!raw) throw new RangeError(`expected ${step + 1} pictures of the later window, found ${later.length}`);
    const under = step < ramp ? earlier[step] : undefined;
    const target = step % 2 === 0 ? even : odd;
    const picture = under ? levelled : target;
    picture.samples.set(raw.samples);
    if (match) levelFrame(picture, match, levelShare(step, ramp, until));
    if (!under) return picture;
    target.samples.set(under.samples);
    blendInto(target.samples, picture.samples, laterWeight(step, ramp));
    return target;
  };
}

function ownChanges({ earlier, later }: Meeting, ramp: number): Change[] {
  const found: Change[] = [];
  for (let step = 1; step <= ramp; step++) {
    const [a, b, c, d] = [earlier[step - 1], earlier[step], later[step - 1], later[step]];
    if (a && b && c && d) found.push(inCommon(changeBetween(a, b), changeBetween(c, d)));
  }
  return found;
}
