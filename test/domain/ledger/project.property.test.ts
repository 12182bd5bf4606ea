import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { JobRow, TERMINAL_STATUSES } from '#contracts/ledger';
import type { JobNews } from '#domain/ledger/execution';
import { project } from '#domain/ledger/project';
import { disturbed, happyLife, news, reworkedLife } from './news.ts';

const fold = (list: readonly JobNews[]) => list.reduce<JobRow | undefined>((row, item) => project(row, item), undefined);

it('gives the same row whatever order events arrive in and however often', () => {
  const life = fc.array(news, { minLength: 1, maxLength: 14 }).chain((list) => fc.tuple(fc.constant(list), disturbed(list)));
  fc.assert(
    fc.property(life, ([list, again]) => {
      expect(fold(again)).toEqual(fold(list));
    }),
    { numRuns: 2_000 },
  );
});

it('always keeps a row that people and the table can read', () => {
  fc.assert(
    fc.property(fc.array(news, { minLength: 1, maxLength: 10 }), (list) => {
      expect(JobRow.parse(fold(list))).toEqual(fold(list));
    }),
  );
});

it('never takes back an ending for something that is no ending', () => {
  fc.assert(
    fc.property(fc.array(news, { minLength: 1, maxLength: 10 }), news, (list, late) => {
      const row = fold(list);
      if (!row || !TERMINAL_STATUSES.includes(row.status)) return;
      expect(TERMINAL_STATUSES).toContain(project(row, late).status);
    }),
  );
});

it('never moves a job back to an earlier visit', () => {
  fc.assert(
    fc.property(fc.array(news, { minLength: 1, maxLength: 10 }), news, (list, late) => {
      const row = fold(list);
      expect(row && project(row, late).sequence).toBeGreaterThanOrEqual(row?.sequence ?? 0);
    }),
  );
});

it('ends a happy life published, in any order', () => {
  fc.assert(
    fc.property(disturbed(happyLife), (life) => {
      expect(fold(life)).toMatchObject({ status: 'published', visit: 'publish', percent: 100, campaign: 'spring', renderedSeconds: 15 });
    }),
  );
});

it('ends a life that was sent back published in its second take, in any order', () => {
  fc.assert(
    fc.property(disturbed(reworkedLife), (life) => {
      expect(fold(life)).toMatchObject({ status: 'published', visit: 'publish', take: 2, percent: 100, renderedSeconds: 15 });
    }),
  );
});

it('goes back to running when a clip is sent back, and forward again to the next question', () => {
  const rows = reworkedLife.map((_, index) => fold(reworkedLife.slice(0, index + 1))!);
  const stands = ({ status, visit, take, percent }: JobRow) => [take ?? 1, visit, status, percent];
  expect(rows.slice(8, 17).map(stands)).toEqual([
    [1, 'review:preview', 'waiting-for-review', 0],
    [1, 'review:preview', 'waiting-for-review', 0], // the function that asked has completed
    [1, 'review:preview', 'running', 0],
    [2, 'plan:preview', 'running', 0],
    [2, 'plan:preview', 'running', 100],
    [2, 'generate:preview', 'running', 50], // the shot that was kept is done at once
    [2, 'generate:preview', 'running', 70],
    [2, 'generate:preview', 'running', 100],
    [2, 'review:preview', 'waiting-for-review', 0],
  ]);
});

it('knows that a job waits although the news of the earlier question comes after the later one', () => {
  fc.assert(
    fc.property(disturbed(reworkedLife.slice(0, 18)), (life) => {
      expect(fold(life)).toMatchObject({ status: 'waiting-for-review', visit: 'review:preview', take: 2 });
    }),
  );
});
