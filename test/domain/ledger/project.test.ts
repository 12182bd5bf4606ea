import { describe, expect, it } from 'vitest';
import type { JobRow } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { JobNews } from '#domain/ledger/execution';
import { project } from '#domain/ledger/project';
import {
  accepted,
  at,
  briefRejected,
  completed,
  concluded,
  decided,
  executionEndedNews,
  failed,
  happyLife,
  parked,
  progressed,
  published,
  requested,
  started,
} from './news.ts';

const fold = (...list: JobNews[]): JobRow => {
  const row = list.reduce<JobRow | undefined>((before, item) => project(before, item), undefined);
  if (!row) throw new Error('expected a row');
  return row;
};

describe('a job on its way', () => {
  it('is accepted at first, and knows whose it is', () => {
    expect(fold(accepted())).toMatchObject({ status: 'accepted', visit: 'intake', campaign: 'spring', clipSeconds: 15, tier: 'final' });
  });
  it('says what a parked brief waits for, and forgets it once accepted', () => {
    expect(fold(parked(60, ['assets/coffee.png'])).status).toBe('accepted');
    expect(fold(parked(60, ['assets/coffee.png'])).reason).toBe(`waits until ${at(60)} for assets/coffee.png`);
    expect(fold(parked(60, ['assets/coffee.png']), accepted(30)).reason).toBeUndefined();
  });
  it('shows the mean percent of the shots of a visit', () => {
    expect(fold(accepted(), progressed('generate:preview', 0, 4, 100, 5), progressed('generate:preview', 1, 4, 50, 6))).toMatchObject({
      status: 'running',
      visit: 'generate:preview',
      percent: 37.5,
    });
  });
  it('does not fall back when a reclaimed worker starts a shot again', () => {
    const row = fold(accepted(), progressed('generate:final', 0, 1, 80, 5), progressed('generate:final', 0, 1, 10, 9));
    expect(row.percent).toBe(80);
  });
  it('starts a new visit from nothing', () => {
    expect(fold(accepted(), progressed('generate:preview', 0, 1, 80, 5), started('post:preview', 6))).toMatchObject({
      visit: 'post:preview',
      percent: 0,
    });
  });
  it('waits for review from the question to the answer, though the asking function has long completed', () => {
    const asked = [accepted(), started('review:preview', 7), requested('preview', 8), completed('review:preview', 9)];
    expect(fold(...asked).status).toBe('waiting-for-review');
    expect(fold(...asked, decided('preview', 60)).status).toBe('running');
  });
  it('keeps running while a failed step is tried again', () => {
    expect(fold(accepted(), started('prep', 1), failed('prep', 2))).toMatchObject({ status: 'running', visit: 'prep', percent: 0 });
    expect(fold(accepted(), failed('prep', 2), completed('prep', 5))).toMatchObject({ status: 'running', percent: 100 });
  });
});

describe('a job that ended', () => {
  it('keeps its ending when an older event comes late', () => {
    expect(fold(...happyLife, progressed('generate:preview', 0, 2, 70, 99))).toMatchObject({ status: 'published', visit: 'publish' });
  });
  it('says why a brief was refused, path first', () => {
    expect(fold(briefRejected())).toMatchObject({
      status: 'rejected',
      reason: 'outputs[0].width: expected an even number, found 1281',
      endedAt: at(0),
    });
  });
  it('says who ended it at the preview', () => {
    expect(fold(accepted(), concluded('previewed', 50))).toMatchObject({ status: 'previewed', reason: 'previewed by ada' });
  });
  it('fails and is canceled by its execution, where it was', () => {
    const halfway = [accepted(), progressed('generate:final', 0, 1, 40, 5)];
    expect(fold(...halfway, executionEndedNews('canceled', 9))).toMatchObject({
      status: 'canceled',
      visit: 'generate:final',
      percent: 40,
      endedAt: at(9),
    });
    expect(fold(...halfway, executionEndedNews('failed', 9))).toMatchObject({ status: 'failed', reason: 'execution failed' });
  });
  it('believes a published clip over an execution that failed after it', () => {
    expect(fold(accepted(), executionEndedNews('failed', 40), published(31)).status).toBe('published');
  });
  it('leaves the total to the cost facts', () => {
    expect(project({ ...fold(accepted()), costMicroUsd: microUsd(42) }, started('prep', 1)).costMicroUsd).toBe(42);
  });
});
