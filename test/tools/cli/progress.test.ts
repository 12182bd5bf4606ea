import { describe, expect, it } from 'vitest';
import type { JobRow } from '#contracts/ledger';
import { project } from '#domain/ledger/project';
import { leftLine, progressOf, visitLine } from '../../../tools/cli/progress.ts';
import { accepted, at, completed, happyLife, progressed, requested, reworkedLife, started } from '../../domain/ledger/news.ts';

const rowOf = (events: readonly Parameters<typeof project>[1][]): JobRow => {
  const row = events.reduce<JobRow | undefined>((before, event) => project(before, event), undefined);
  if (!row) throw new Error('expected a row');
  return row;
};
const now = (seconds: number): number => Date.parse(at(seconds));

describe('progress of a job', () => {
  it('times a visit from its first event to the first event of the next', () => {
    const events = [accepted(0), started('prep', 1), completed('prep', 4), started('plan:preview', 6)];
    expect(progressOf(rowOf(events), events, now(7)).visits).toEqual([
      { visit: 'intake', take: 1, state: 'done', percent: 100, seconds: 1 },
      { visit: 'prep', take: 1, state: 'done', percent: 100, seconds: 5 },
      { visit: 'plan:preview', take: 1, state: 'now', percent: 0, seconds: 1 },
    ]);
  });
  it('says that a job waits for a person, and then how long is left nobody can say', () => {
    const events = [accepted(0), requested('preview', 8)];
    const progress = progressOf(rowOf(events), events, now(20));
    expect(progress.visits.at(-1)).toMatchObject({ visit: 'review:preview', take: 1, state: 'waiting', seconds: 12 });
    expect(progress.secondsLeft).toBeUndefined();
  });
  it('stops the clock when the job ends', () => {
    const { visits, secondsLeft } = progressOf(rowOf(happyLife), happyLife, now(9_999));
    expect(visits.at(-1)).toEqual({ visit: 'publish', take: 1, state: 'done', percent: 100, seconds: 1 });
    expect(visits.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(31);
    expect(secondsLeft).toBeUndefined();
  });
  it('shows what is made again after what it replaces, and takes the pace from what was made last', () => {
    const events = reworkedLife.slice(0, 15);
    const { visits, secondsLeft } = progressOf(rowOf(events), events, now(24));
    expect(visits.map(({ visit, take }) => `${visit} ${take}`)).toEqual([
      ...['intake 1', 'prep 1', 'plan:preview 1', 'generate:preview 1', 'review:preview 1'],
      ...['plan:preview 2', 'generate:preview 2'],
    ]);
    expect(visits.at(-2)).toEqual({ visit: 'plan:preview', take: 2, state: 'done', percent: 100, seconds: 2 });
    expect(visits.at(-1)).toMatchObject({ state: 'now', percent: 70, seconds: 1 });
    expect(visitLine(visits.at(-1)!)).toMatch(/^ {2}generate:preview .*70 %.*1\.0 s {2}take 2$/);
    const undisturbed = [...reworkedLife.slice(0, 6), progressed('generate:preview', 1, 2, 90, 6)]; // 70 % as well, a second after it began
    expect(secondsLeft).toBeCloseTo(progressOf(rowOf(undisturbed), undisturbed, now(6)).secondsLeft ?? 0, 0);
  });
  it('shows a visit on one line', () => {
    expect(visitLine({ visit: 'generate:final', take: 1, state: 'now', percent: 51.9, seconds: 4.21 })).toBe(
      '  generate:final    ############............   51 %     4.2 s',
    );
    expect(visitLine({ visit: 'review:preview', take: 1, state: 'waiting', percent: 0, seconds: 61 })).toContain('waits for a person');
  });
  it('reads the row when events are late', () => {
    expect(progressOf(rowOf([accepted(0), progressed('post:final', 0, 1, 40, 9)]), [], now(10)).visits.at(-1)).toMatchObject({
      visit: 'post:final',
      percent: 40,
    });
  });
});

it('never promises to be done in no time', () => {
  expect(leftLine(0.2)).toBe('about 1 s left');
  expect(leftLine(undefined)).toBe('');
});
