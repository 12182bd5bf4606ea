import { expect, it } from 'vitest';
import type { JobRow } from '#contracts/ledger';
import type { JobNews } from '#domain/ledger/execution';
import { explained } from '#domain/ledger/failure';
import { project } from '#domain/ledger/project';
import { accepted, attemptFailed, completed, executionEndedNews, happyLife, started } from './news.ts';

const fold = (...list: JobNews[]): JobRow => {
  const row = list.reduce<JobRow | undefined>((before, item) => project(before, item), undefined);
  if (!row) throw new Error('expected a row');
  return row;
};
const failing = [accepted(), started('post:preview', 5), attemptFailed('post:preview', 8), executionEndedNews('failed', 9)];

it('a failed job says what its worker said, beside what Batch knows', () => {
  const why = explained(fold(...failing));
  expect(why).toMatch(/^Seam\.Visible: shot 1 frame 24: expected a join/);
  expect(why).toContain('execution failed');
});

it('says so even when the worker is heard of after the end, or twice', () => {
  expect(explained(fold(...failing.toReversed()))).toBe(explained(fold(...failing)));
  expect(fold(...failing, attemptFailed('post:preview', 8))).toEqual(fold(...failing));
});

it('an attempt that failed and was tried again explains nothing about a job that went on', () => {
  expect(explained(fold(...happyLife.slice(0, 6), attemptFailed('generate:preview', 6), ...happyLife.slice(6)))).toBeUndefined();
  const later = [accepted(), attemptFailed('generate:preview', 2), completed('generate:preview', 3), started('post:preview', 5)];
  expect(explained(fold(...later, executionEndedNews('failed', 9)))).toBe('execution failed');
});
