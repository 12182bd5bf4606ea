import { expect, it } from 'vitest';
import { ReviewItem, type ReviewKind } from '#contracts/review';
import type { RuleRecord } from '#domain/ports';
import { measureQueue } from '../../../lambdas/review/measure-queue.ts';

const waitingSince = (requestedAt: string, kind: ReviewKind = 'decision') =>
  ReviewItem.parse({
    jobId: 'demo_0123456789abcdef01234567',
    tenant: 'demo',
    subject: 'preview',
    kind,
    status: 'waiting',
    requestedAt,
    deadlineAt: '2026-11-25T00:00:00.000Z',
    reasons: [],
  });
const rule = { name: 'low-risk-loop', approved: 3, sampled: 1, audited: 1, misses: 1, agreedInARow: 0 };
const suspended = { at: '2026-11-24T11:00:00.000Z', by: 'Ada', reason: 'the bottle floats' };
const measure = (waiting: readonly ReviewItem[], rules: readonly RuleRecord[] = []) =>
  measureQueue(() => ({
    reviews: { waiting: async () => [...waiting] },
    rules: { all: async () => [...rules] },
    now: () => new Date('2026-11-24T12:00:00.000Z'),
  }))();

it('says how long the oldest question has waited', async () => {
  const waiting = ['2026-11-24T11:30:00.000Z', '2026-11-24T10:00:00.000Z', '2026-11-24T11:59:00.000Z'].map((at) => waitingSince(at));
  expect(await measure(waiting)).toEqual({ waiting: 3, oldestSeconds: 7_200, audits: 0, suspendedRules: 0 });
});

it('says zero when nobody is asked anything, so the alarms can end', async () => {
  expect(await measure([], [rule])).toEqual({ waiting: 0, oldestSeconds: 0, audits: 0, suspendedRules: 0 });
});

it('counts audits apart, however old: no machine waits for them', async () => {
  expect(await measure([waitingSince('2026-11-22T12:00:00.000Z', 'audit')])).toMatchObject({ waiting: 0, oldestSeconds: 0, audits: 1 });
});

it('counts a suspended rule for as long as it is suspended', async () => {
  expect((await measure([], [{ ...rule, suspended }])).suspendedRules).toBe(1);
});
