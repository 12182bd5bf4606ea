import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAFETY_CATEGORIES, type SafetyReason } from '#contracts/verdict';
import { lanes, neighbourSpan, reasonsAt, shotAt, ticks, timedReasons } from '../../../console/logic/timeline.ts';

const reason: fc.Arbitrary<SafetyReason> = fc.record({
  category: fc.constantFrom(...SAFETY_CATEGORIES),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  evidence: fc.constant('seen'),
  voter: fc.constant('voter@1'),
  span: fc
    .tuple(fc.integer({ min: 0, max: 7_000 }), fc.integer({ min: 1, max: 3_000 }))
    .map(([start, length]) => ({ start: start / 100, end: (start + length) / 100 })),
});
const clip = fc.record({ reasons: fc.array(reason, { maxLength: 50 }), seconds: fc.integer({ min: 1, max: 60 }) });

it('puts every span that is in the clip on one lane, inside the track and wide enough to hit', () => {
  fc.assert(
    fc.property(clip, ({ reasons, seconds }) => {
      const placed = lanes(reasons, seconds).flatMap(({ category, spans }) => spans.map((span) => ({ category, ...span })));
      expect(placed.map(({ index }) => index).sort()).toEqual(
        timedReasons(reasons, seconds)
          .map(({ index }) => index)
          .sort(),
      );
      for (const span of placed) {
        expect(span.category).toBe(span.reason.category);
        expect(span.left).toBeGreaterThanOrEqual(0);
        expect(span.width).toBeGreaterThanOrEqual(0.01);
        expect(span.left + span.width).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});

it('reaches every start by jumping on, and comes round', () => {
  fc.assert(
    fc.property(clip, ({ reasons, seconds }) => {
      const timed = timedReasons(reasons, seconds);
      fc.pre(timed.length > 0);
      const starts = new Set<number>();
      let at = -1;
      for (let jump = 0; jump <= timed.length; jump++) {
        const next = neighbourSpan(timed, at, 1)!;
        starts.add(next.start);
        at = next.start;
      }
      // Starts closer than a frame are one place to a reader.
      for (const { start } of timed) expect([...starts].some((seen) => Math.abs(seen - start) <= 0.05 * timed.length)).toBe(true);
      expect(neighbourSpan(timed, seconds + 1, 1)?.start).toBe(timed[0]?.start);
    }),
  );
});

describe('a moment', () => {
  const seen: SafetyReason = { category: 'brand-ip', score: 0.5, evidence: 'x', voter: 'v@1', span: { start: 4.2, end: 6.1 } };
  const timed = timedReasons([seen], 15);
  const half = 0.5 / 24;

  it('in the first frame that a span touches shows its box', () => {
    expect(reasonsAt(timed, 100.5 / 24, half)).toHaveLength(1); // frame 100 runs from 4.167 to 4.208
    expect(reasonsAt(timed, 99.5 / 24, half)).toHaveLength(0);
  });

  it('belongs to one shot, the end of the clip to the last', () => {
    const shots = [
      { start: 0, end: 3 },
      { start: 3, end: 6 },
    ];
    expect(shotAt(shots, 3)).toBe(shots[1]);
    expect(shotAt(shots, 6)).toBe(shots[1]);
    expect(shotAt([], 1)).toBeUndefined();
  });
});

it('labels the ruler at whole steps, never more than nine times', () => {
  expect(ticks(15)).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 600, noNaN: true }), (seconds) => {
      expect(ticks(seconds).length).toBeLessThanOrEqual(9);
    }),
  );
});
