import type { SafetyReason } from '#contracts/verdict';

/** A reason that happens at some time, with its place in the list it came from. */
export interface TimedReason {
  readonly index: number;
  readonly reason: SafetyReason;
  readonly start: number;
  readonly end: number;
}

export interface Lane {
  readonly category: SafetyReason['category'];
  readonly spans: readonly Placed[];
}

/** Where a span lies on a lane, as shares of the clip's length. */
export interface Placed extends TimedReason {
  readonly left: number;
  readonly width: number;
}

/** Narrowest mark that can still be hit with a finger or seen: 1 % of the track. */
const NARROWEST = 0.01;

/** Reasons with a time, earliest first; a span that runs over the end is cut there, one that begins after it is left out. */
export const timedReasons = (reasons: readonly SafetyReason[], seconds: number): TimedReason[] =>
  reasons
    .flatMap((reason, index) =>
      reason.span && reason.span.start < seconds
        ? [{ index, reason, start: reason.span.start, end: Math.min(seconds, Math.max(reason.span.end, reason.span.start)) }]
        : [],
    )
    .sort((one, other) => one.start - other.start || one.end - other.end || one.index - other.index);

/** One lane a category, in the order in which they first appear. Marks never leave the track. */
export function lanes(reasons: readonly SafetyReason[], seconds: number): Lane[] {
  const byCategory = new Map<Lane['category'], Placed[]>();
  for (const timed of timedReasons(reasons, seconds)) {
    const width = Math.max(NARROWEST, (timed.end - timed.start) / seconds);
    const left = Math.min(timed.start / seconds, 1 - width);
    const lane = byCategory.get(timed.reason.category) ?? [];
    lane.push({ ...timed, left: Math.max(0, left), width: Math.min(1, width) });
    byCategory.set(timed.reason.category, lane);
  }
  return [...byCategory].map(([category, spans]) => ({ category, spans }));
}

/** The next span that begins after `at` (or the previous before it); goes round at the ends. */
export function neighbourSpan(spans: readonly TimedReason[], at: number, direction: 1 | -1): TimedReason | undefined {
  // A jump lands in the middle of a frame, a little after the span's start: half a frame at 12 a second.
  const slack = 0.05;
  const ahead = direction === 1 ? spans.find(({ start }) => start > at + slack) : spans.findLast(({ start }) => start < at - slack);
  return ahead ?? (direction === 1 ? spans[0] : spans.at(-1));
}

/** Reasons whose span touches the frame in whose middle we are, half a frame to either side: their boxes are drawn over the picture. */
export const reasonsAt = (spans: readonly TimedReason[], at: number, halfFrame: number): TimedReason[] =>
  spans.filter(({ start, end }) => at + halfFrame > start && at - halfFrame < end);

/** The shot on the screen at a time. */
export const shotAt = <T extends { readonly start: number; readonly end: number }>(shots: readonly T[], at: number): T | undefined =>
  shots.find(({ start, end }) => at >= start && at < end) ?? shots.at(-1);

/** Times for the ruler: whole steps, at most eight labels. */
export function ticks(seconds: number): number[] {
  const step = [0.5, 1, 2, 5, 10, 15, 30, 60, 120].find((size) => seconds / size <= 8) ?? 120;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}
