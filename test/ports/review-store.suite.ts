import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { DecideInput, type ReviewDecision, ReviewItem, type ReviewSubject } from '#contracts/review';
import type { ReviewStore } from '#domain/ports';

/** What every review queue promises. Jobs are fresh for each test, so a shared table is fine. */
export function reviewStoreSuite(name: string, open: () => Promise<ReviewStore>): void {
  describe(name, () => {
    let store: ReviewStore;
    beforeAll(async () => {
      store = await open();
    });
    const newJob = (tenant = 'acme') => `${tenant}_${randomBytes(12).toString('hex')}`;
    const question = (jobId: string, more: Partial<ReviewItem> = {}) =>
      ReviewItem.parse({
        jobId,
        tenant: jobId.split('_')[0] ?? '',
        subject: 'preview',
        status: 'waiting',
        requestedAt: '2026-11-24T08:00:00.000Z',
        deadlineAt: '2026-11-25T08:00:00.000Z',
        reasons: ['Nobody has seen this preview yet.'],
        ...more,
      });
    const settle = (jobId: string, outcome: 'approved' | 'rejected' = 'approved', more: Partial<ReviewDecision> = {}) => {
      const decidedAt = '2026-11-24T09:00:00.000Z';
      const decision: ReviewDecision = {
        subject: 'preview',
        outcome,
        reviewer: 'Ada',
        reason: 'Lovely',
        requestedAt: decidedAt,
        decidedAt,
        ...more,
      };
      const input = DecideInput.parse({ jobId, outcome, reviewer: decision.reviewer, reason: decision.reason });
      return store.settle(input, decision);
    };

    it('holds a question until it is answered', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'token');
      expect(await store.find('acme', jobId)).toEqual([question(jobId)]);
      expect(await store.waiting('acme')).toContainEqual(question(jobId));
      await settle(jobId);
      expect((await store.waiting('acme')).map((item) => item.jobId)).not.toContain(jobId);
    });

    it('never lets a token out with an item', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'secret-token');
      const settled = await settle(jobId);
      expect(JSON.stringify([await store.find('acme', jobId), await store.waiting(), settled.item])).not.toContain('secret-token');
    });

    it('settles once, with the time the question was asked in the decision', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'token');
      const { result, item, taskToken } = await settle(jobId);
      expect({ result, taskToken }).toEqual({ result: 'decided', taskToken: 'token' });
      expect(item).toMatchObject({
        status: 'approved',
        decision: { reviewer: 'Ada', requestedAt: '2026-11-24T08:00:00.000Z', decidedAt: '2026-11-24T09:00:00.000Z' },
      });
      expect(await store.find('acme', jobId)).toEqual([item]);
    });

    it('answers a later decision, equal or not, with the standing one and the token', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'token');
      const { item } = await settle(jobId);
      for (const outcome of ['approved', 'rejected'] as const)
        expect(await settle(jobId, outcome, { reviewer: 'Grace', decidedAt: '2026-11-30T09:00:00.000Z' })).toEqual({
          result: 'already-decided',
          item,
          taskToken: 'token',
        });
    });

    it('lets exactly one of many decide at the same moment', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'token');
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) => settle(jobId, index % 2 ? 'approved' : 'rejected', { reviewer: `R${index}` })),
      );
      expect(results.filter(({ result }) => result === 'decided')).toHaveLength(1);
      expect(new Set(results.map(({ item }) => item?.decision?.reviewer)).size).toBe(1);
    });

    it('decides nothing at the deadline or later, and takes the question out of the queue', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'token');
      const late = { decidedAt: '2026-11-25T08:00:00.000Z' };
      const { result, item, taskToken } = await settle(jobId, 'approved', late);
      expect({ result, status: item?.status, decision: item?.decision, taskToken }).toEqual({ result: 'expired', status: 'expired' });
      expect(await settle(jobId)).toEqual({ result: 'expired', item });
      expect((await store.waiting('acme')).map((one) => one.jobId)).not.toContain(jobId);
    });

    it('knows nothing of a job nobody asked about', async () => {
      const jobId = newJob();
      expect(await settle(jobId)).toEqual({ result: 'not-found' });
      expect(await store.find('acme', jobId)).toEqual([]);
    });

    it('takes the token and deadline of a question that is asked again, while it waits', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'old');
      await store.request(question(jobId, { requestedAt: '2026-11-24T08:05:00.000Z', deadlineAt: '2026-11-26T08:00:00.000Z' }), 'new');
      expect(await store.find('acme', jobId)).toEqual([question(jobId, { deadlineAt: '2026-11-26T08:00:00.000Z' })]);
      expect((await settle(jobId, 'approved', { decidedAt: '2026-11-25T20:00:00.000Z' })).taskToken).toBe('new');
    });

    it('leaves a settled question alone when it is asked again', async () => {
      const jobId = newJob();
      await store.request(question(jobId), 'old');
      const { item } = await settle(jobId, 'rejected');
      await store.request(question(jobId), 'new');
      expect(await store.find('acme', jobId)).toEqual([item]);
      expect((await store.waiting('acme')).map((one) => one.jobId)).not.toContain(jobId);
    });

    it('keeps the subjects of a job apart', async () => {
      const jobId = newJob();
      for (const subject of ['brief', 'preview', 'final'] satisfies ReviewSubject[])
        await store.request(question(jobId, { subject }), `token-${subject}`);
      expect((await settle(jobId, 'approved', { subject: 'final' })).taskToken).toBe('token-final');
      expect((await store.find('acme', jobId)).map(({ subject, status }) => `${subject} ${status}`)).toEqual([
        'brief waiting',
        'final approved',
        'preview waiting',
      ]);
    });

    it('shows one tenant what is its own, the most urgent first', async () => {
      const [later, sooner, foreign] = [newJob('globex'), newJob('globex'), newJob('initech')];
      await store.request(question(later, { deadlineAt: '2026-11-27T08:00:00.000Z' }), 'a');
      await store.request(question(sooner, { deadlineAt: '2026-11-26T08:00:00.000Z' }), 'b');
      await store.request(question(foreign), 'c');
      expect((await store.waiting('globex')).map(({ jobId }) => jobId)).toEqual([sooner, later]);
      expect((await store.waiting()).map(({ jobId }) => jobId)).toEqual(expect.arrayContaining([sooner, later, foreign]));
      expect(await store.find('globex', foreign)).toEqual([]);
    });
  });
}
