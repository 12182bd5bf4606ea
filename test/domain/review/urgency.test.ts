import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrderOfUrgency, slackSeconds, urgency } from '#domain/review/urgency';
import { anyWaiting, hour, waiting } from './items.ts';

const minutes = fc.double({ min: 0, max: 72 * 60, noNaN: true }).map((value) => hour(value / 60));

it('is a share that never falls while a question waits', () => {
  fc.assert(
    fc.property(anyWaiting, minutes, minutes, (item, one, other) => {
      const [sooner, later] = one < other ? [one, other] : [other, one];
      for (const at of [sooner, later]) expect(urgency(item, at)).toSatisfy((share: number) => share > 0 && share <= 1);
      expect(urgency(item, later)).toBeGreaterThanOrEqual(urgency(item, sooner));
    }),
  );
});

it('is one when work must begin now, a half with an hour to spare', () => {
  const item = waiting();
  expect(urgency(item, hour(24))).toBe(1);
  const begin = new Date(hour(24).getTime() - (Number(24 * 3_600) - slackSeconds(item, hour(0))) * 1_000);
  expect(slackSeconds(item, begin)).toBeCloseTo(0, 6);
  expect(urgency(item, new Date(begin.getTime() - 3_600_000))).toBeCloseTo(0.5, 9);
});

it('takes the risky before the harmless, what two must see before what one must, and audits last, all else being equal', () => {
  const at = hour(6);
  const audit = waiting({ kind: 'audit' });
  const ordinary = waiting();
  const two = waiting({ needsSecond: true });
  const risky = waiting({ risk: 'high', needsSecond: true });
  expect(inOrderOfUrgency([audit, ordinary, risky, two], at)).toEqual([risky, two, ordinary, audit]);
});

it('orders the same items the same way however they came', () => {
  const shuffled = fc
    .array(anyWaiting, { maxLength: 10 })
    .chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })));
  fc.assert(
    fc.property(shuffled, minutes, ([items, mixed], at) => {
      expect(inOrderOfUrgency(mixed, at).map((item) => urgency(item, at))).toEqual(
        inOrderOfUrgency(items, at).map((item) => urgency(item, at)),
      );
    }),
  );
});
