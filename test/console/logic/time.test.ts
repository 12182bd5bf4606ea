import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOffset, hasteOf, secondsLeft, span, spokenSpan, timeLeft } from '../../../console/logic/time.ts';

const NOW = Date.parse('2026-11-27T12:00:00.000Z');
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

it.each([
  [0, '0:00'],
  [59, '0:59'],
  [599, '9:59'],
  [600, '10 m'],
  [3_599, '59 m'],
  [3_600, '1 h 00 m'],
  [86_399, '23 h 59 m'],
  [86_400, '1 d 0 h'],
  [-75, '1:15'],
])('%d seconds are written %s', (seconds, words) => expect(span(seconds)).toBe(words));

it('is read aloud as words, not as a time of day', () => {
  expect(spokenSpan(545)).toBe('9 minutes 5 seconds');
  expect(spokenSpan(3_660)).toBe('1 hour 1 minute');
  expect(spokenSpan(90_000)).toBe('1 day 1 hour');
  expect(spokenSpan(0)).toBe('0 seconds');
});

describe('a deadline', () => {
  it('never grows more relaxed as time passes', () => {
    const order = ['calm', 'soon', 'urgent', 'overdue'];
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 300_000 }), fc.integer({ min: 0, max: 100_000 }), (left, passed) => {
        expect(order.indexOf(hasteOf(left - passed))).toBeGreaterThanOrEqual(order.indexOf(hasteOf(left)));
      }),
    );
  });

  it('says by how much it is over', () => {
    expect(timeLeft(inSeconds(-90), NOW)).toEqual({ haste: 'overdue', text: '1:30 over', spoken: 'overdue by 1 minute 30 seconds' });
  });

  it('is counted from server time, whatever the reader’s clock says', () => {
    const wrongClock = NOW - 3_600_000;
    const offset = clockOffset(new Date(NOW).toISOString(), wrongClock);
    expect(secondsLeft(inSeconds(120), wrongClock + offset)).toBe(120);
  });
});
