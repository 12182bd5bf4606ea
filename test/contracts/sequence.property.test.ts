import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOf, sequenceOf } from '#contracts/events';
import { MAX_TAKES } from '#contracts/rework';
import { VISITS } from '#contracts/stages';

const positions = ['started', 'progressed', 'moved', 'requested', 'decided', 'completed', 'failed', 'concluded'] as const;
const moment = fc.record({
  take: fc.integer({ min: 1, max: MAX_TAKES }),
  visit: fc.constantFrom(...VISITS),
  position: fc.constantFrom(...positions),
  percent: fc.double({ min: 0, max: 100, noNaN: true }),
});
const numbered = ({
  take,
  visit,
  position,
  percent,
}: {
  take: number;
  visit: (typeof VISITS)[number];
  position: (typeof positions)[number];
  percent: number;
}) => sequenceOf(visit, position, { percent, take });

it('grows with the take, then with the visit, and says both', () => {
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      expect(placeOf(numbered(one))).toMatchObject({ take: one.take, visit: one.visit });
      const order = one.take - other.take || VISITS.indexOf(one.visit) - VISITS.indexOf(other.visit);
      if (order !== 0) expect(Math.sign(numbered(one) - numbered(other))).toBe(Math.sign(order));
    }),
  );
});

it('is what it was before takes were counted, for a job that nobody sends back', () => {
  expect(sequenceOf('review:preview', 'requested')).toBe(8_500);
  expect(sequenceOf('generate:final', 'progressed', { percent: 42.9 })).toBe(10_043);
  expect(sequenceOf('review:preview', 'requested', { take: 2 })).toBe(108_500);
});
