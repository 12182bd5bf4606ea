import { expect, it } from 'vitest';
import { ReviewItem } from '#contracts/review';
import { measureQueue } from '../../../lambdas/review/measure-queue.ts';

const waitingSince = (requestedAt: string) =>
  ReviewItem.parse({
    jobId: 'demo_0123456789abcdef01234567',
    tenant: 'demo',
    subject: 'preview',
    status: 'waiting',
    requestedAt,
    deadlineAt: '2026-11-25T00:00:00.000Z',
    reasons: [],
  });
const at = (...since: string[]) =>
  measureQueue(() => ({
    reviews: { waiting: async () => since.map(waitingSince) },
    now: () => new Date('2026-11-24T12:00:00.000Z'),
  }));

it('says how long the oldest question has waited', async () => {
  const measure = at('2026-11-24T11:30:00.000Z', '2026-11-24T10:00:00.000Z', '2026-11-24T11:59:00.000Z');
  expect(await measure()).toEqual({ waiting: 3, oldestSeconds: 7_200 });
});

it('says zero when nobody is asked anything, so the alarm can end', async () => {
  expect(await at()()).toEqual({ waiting: 0, oldestSeconds: 0 });
});
