import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { openMemoryReviewStore } from '#adapters/memory/review-store';
import type { ReviewItem } from '#contracts/review';
import { due, tendQueue } from '#domain/review/escalation';
import { closeQuestions } from '#domain/review/job-ended';
import { anyWaiting, hour, waiting } from './items.ts';

async function queueOf(...items: ReviewItem[]) {
  const reviews = openMemoryReviewStore();
  for (const item of items) await reviews.change(item, () => item, 'token');
  const publisher = openMemoryEventPublisher();
  return { reviews, publisher, tend: (at: Date) => tendQueue({ reviews, publisher, now: () => at }) };
}

it('tells of a question once three quarters of its time have passed, and once only', async () => {
  const { tend, publisher, reviews } = await queueOf(waiting());
  expect(await tend(hour(17.9))).toEqual({ escalated: [], expired: [] });
  expect((await tend(hour(18))).escalated).toMatchObject([{ escalatedAt: hour(18).toISOString() }]);
  expect(publisher.published).toMatchObject([{ type: 'review.escalated', subject: 'preview', deadlineAt: hour(24).toISOString() }]);
  expect(await tend(hour(20))).toEqual({ escalated: [], expired: [] });
  expect(publisher.published).toHaveLength(1);
  expect(await reviews.waiting()).toHaveLength(1);
});

it('tells again under the same key when it died before it was marked', async () => {
  const { reviews, publisher, tend } = await queueOf(waiting());
  const dying = { ...reviews, change: () => Promise.reject(new Error('died')) };
  await expect(tendQueue({ reviews: dying, publisher, now: () => hour(18) })).rejects.toThrow('died');
  await tend(hour(18.1));
  expect(new Set(publisher.published.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(publisher.published).toHaveLength(2);
});

it('takes out what nobody answered in time, and says why', async () => {
  const { reviews, tend } = await queueOf(waiting(), waiting({ kind: 'audit' }));
  expect((await tend(hour(24))).expired.map(({ closed }) => closed?.because)).toEqual([
    'nobody decided before the deadline',
    'nobody audited it in time',
  ]);
  expect(await reviews.waiting()).toEqual([]);
  expect((await reviews.settledSince('acme', hour(24).toISOString())).map(({ status }) => status)).toEqual(['expired', 'expired']);
  expect(await tend(hour(25))).toEqual({ escalated: [], expired: [] });
});

it('leaves alone what was answered since the queue was read', async () => {
  const { reviews, publisher } = await queueOf(waiting());
  const stale = { ...reviews, waiting: async () => [waiting({ subject: 'final' }), waiting()] };
  await reviews.change(waiting(), (item) => item && { ...item, status: 'approved' });
  expect(await tendQueue({ reviews: stale, publisher, now: () => hour(24) })).toEqual({ escalated: [], expired: [] });
});

it('lets nothing wait for ever: after its deadline and one more sweep the queue is empty, whatever was in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyWaiting, { maxLength: 8 }),
      fc.array(fc.double({ min: 0, max: 80, noNaN: true }), { maxLength: 5 }),
      async (items, sweeps) => {
        const { reviews, tend } = await queueOf(...items);
        for (const at of [...sweeps].sort((one, other) => one - other)) {
          await tend(hour(at));
          for (const item of await reviews.waiting()) expect(Date.parse(item.deadlineAt)).toBeGreaterThan(hour(at).getTime());
        }
        await tend(hour(81));
        expect(await reviews.waiting()).toEqual([]);
      },
    ),
  );
});

it('does to a question nothing, then escalates it, then expires it, in this order', () => {
  fc.assert(
    fc.property(anyWaiting, (item) => {
      const hours = Array.from({ length: 90 }, (_, at) => due(item, hour(at)));
      const [first, second] = [hours.indexOf('escalate'), hours.indexOf('expire')];
      if (first !== -1) expect(hours.slice(0, first).every((what) => what === undefined)).toBe(true);
      expect(second).toBeGreaterThan(first);
      expect(hours.slice(second).every((what) => what === 'expire')).toBe(true);
    }),
  );
});

const ended = (
  status: 'ABORTED' | 'FAILED' | 'TIMED_OUT' | 'SUCCEEDED' | 'RUNNING',
  name = waiting().jobId,
  stopDate = hour(2).getTime(),
) => ({
  ...{ executionArn: '', stateMachineArn: '', name, status, stopDate },
});

it.each(['ABORTED', 'FAILED', 'TIMED_OUT', 'SUCCEEDED'] as const)('closes what a job that is %s still asks, once', async (status) => {
  const audit = waiting({ kind: 'audit' });
  const { reviews } = await queueOf(waiting(), audit, waiting({ subject: 'brief', status: 'approved' }));
  const first = await closeQuestions(ended(status), hour(3).toISOString(), reviews);
  expect(first).toMatchObject([{ subject: 'preview', status: 'expired', closed: { at: hour(2).toISOString() } }]);
  expect(await closeQuestions(ended(status), hour(3).toISOString(), reviews)).toEqual([]);
  expect(await reviews.waiting()).toEqual([audit]); // it looks back, so it stays
});

it('closes nothing of a job that goes on, of another machine, or of a job that was taken up again since', async () => {
  const { reviews } = await queueOf(waiting());
  expect(await closeQuestions(ended('RUNNING'), hour(3).toISOString(), reviews)).toEqual([]);
  expect(await closeQuestions(ended('ABORTED', 'render-of-something'), hour(3).toISOString(), reviews)).toEqual([]);
  expect(await closeQuestions(ended('ABORTED', undefined, hour(-1).getTime()), hour(3).toISOString(), reviews)).toEqual([]);
  expect(await reviews.waiting()).toHaveLength(1);
});
