import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobRow } from '#contracts/ledger';
import { VISITS } from '#contracts/stages';
import { project } from '#domain/ledger/project';
import { secondsLeft } from '#domain/ledger/time-left';
import { accepted } from './news.ts';

const row = (over: Partial<JobRow>): JobRow => ({ ...project(undefined, accepted()), status: 'running', ...over });
const visit = fc.constantFrom(...VISITS);
const left = (over: Partial<JobRow>, worked = 0): number => secondsLeft(row(over), worked) ?? Number.NaN;

it('is a positive number for every job on its way', () => {
  fc.assert(
    fc.property(
      visit,
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (at, percent, worked) => {
        const seconds = left({ visit: at, percent }, worked);
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(seconds)).toBe(true);
      },
    ),
  );
});
it('shrinks as a visit gets on, at the same pace', () => {
  fc.assert(
    fc.property(visit, fc.integer({ min: 0, max: 99 }), (at, percent) => {
      expect(left({ visit: at, percent: percent + 1 })).toBeLessThanOrEqual(left({ visit: at, percent }));
    }),
  );
});
it('grows with a job that goes slower than usual', () => {
  expect(left({ visit: 'post:preview', percent: 50 }, 200)).toBeGreaterThan(left({ visit: 'post:preview', percent: 50 }, 10));
});
it('is shorter for a job that stops at its preview', () => {
  expect(left({ visit: 'prep', tier: 'preview' })).toBeLessThan(left({ visit: 'prep', tier: 'final' }));
});
it('is unknown while a person decides, and when it is over', () => {
  expect(secondsLeft(row({ status: 'waiting-for-review' }), 9)).toBeUndefined();
  expect(secondsLeft(row({ status: 'published' }), 9)).toBeUndefined();
});
