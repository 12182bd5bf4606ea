import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rollUp, summarize } from '../../../tools/local/batch/array-roll-up.ts';
import { JOB_STATUSES } from '../../../tools/local/batch/model.ts';

const children = fc.array(fc.constantFrom(...JOB_STATUSES), { minLength: 2, maxLength: 50 });

it('an array job counts every child once', () => {
  fc.assert(
    fc.property(children, (statuses) => {
      const counts = Object.values(summarize(statuses));
      expect(counts).toHaveLength(JOB_STATUSES.length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(statuses.length);
    }),
  );
});

it('an array job ends with its last child, and fails when any child failed', () => {
  fc.assert(
    fc.property(children, (statuses) => {
      const open = statuses.filter((status) => status !== 'SUCCEEDED' && status !== 'FAILED').length;
      const expected = open > 0 ? 'PENDING' : statuses.includes('FAILED') ? 'FAILED' : 'SUCCEEDED';
      expect(rollUp(statuses)).toBe(expected);
    }),
  );
});

it('one failed child does not end the array while a sibling still runs', () => {
  expect(rollUp(['FAILED', 'RUNNING'])).toBe('PENDING');
});
