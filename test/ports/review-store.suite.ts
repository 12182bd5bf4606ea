import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ReviewItem, ReviewSubject } from '#contracts/review';
import type { ReviewKey, ReviewStore } from '#domain/ports';

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
    const keep = (item: ReviewItem, taskToken?: string) => store.change(item, () => item, taskToken);
    const keyOf = ({ jobId, subject, kind }: ReviewItem): ReviewKey => ({ jobId, subject, kind });
    const decided = (item: ReviewItem, decidedAt: string): ReviewItem => ({
      ...item,
      status: 'approved',
      decision: { subject: item.subject, outcome: 'approved', reviewer: 'Ada', reason: '', requestedAt: item.requestedAt, decidedAt },
    });

    it('holds a question, and gives the token to nobody but the one who changes it', async () => {
      const item = question(newJob());
      expect(await keep(item, 'secret-token')).toEqual({ item, taskToken: 'secret-token' });
      expect(await store.find('acme', item.jobId)).toEqual([item]);
      expect((await store.waiting('acme')).find(({ jobId }) => jobId === item.jobId)).toEqual(item);
      expect(JSON.stringify([await store.find('acme', item.jobId), await store.waiting()])).not.toContain('secret-token');
    });

    it('knows nothing of a question that nobody asked', async () => {
      const which: ReviewKey = { jobId: newJob(), subject: 'preview', kind: 'decision' };
      expect(await store.change(which, (item) => item)).toBeUndefined();
      expect(await store.find('acme', which.jobId)).toEqual([]);
    });

    it('leaves the row and its token when the change wants nothing', async () => {
      const item = question(newJob());
      await keep(item, 'token');
      expect(await store.change(keyOf(item), () => undefined, 'another')).toEqual({ item, taskToken: 'token' });
      expect((await store.change(keyOf(item), () => undefined))?.taskToken).toBe('token');
    });

    it('takes a new token together with a change, and keeps the old one otherwise', async () => {
      const item = question(newJob());
      await keep(item, 'old');
      expect((await store.change(keyOf(item), (standing) => standing, 'new'))?.taskToken).toBe('new');
      expect((await store.change(keyOf(item), (standing) => standing))?.taskToken).toBe('new');
    });

    it('keeps a whole life: rounds, claim, notes, approvals', async () => {
      const full = question(newJob(), {
        round: 2,
        risk: 'high',
        categories: ['minors'],
        needsSecond: true,
        claim: { reviewer: 'Ada', at: '2026-11-24T09:00:00.000Z', until: '2026-11-24T09:15:00.000Z' },
        firstApproval: { reviewer: 'Grace', at: '2026-11-24T08:30:00.000Z', reason: '' },
        earlier: [
          {
            ...{ subject: 'preview', outcome: 'rework', reviewer: 'Ada', reason: 'cap', requestedAt: '2026-11-24T06:00:00.000Z' },
            decidedAt: '2026-11-24T07:00:00.000Z',
            notes: [{ shot: 0, at: 1.5, box: { x: 0, y: 0.5, width: 0.25, height: 0.5 }, text: 'The cap is cut off' }],
            rework: { take: 2, shots: [{ shot: 0, take: 2 }] },
          },
        ],
      });
      await keep(full, 'token');
      expect(await store.find('acme', full.jobId)).toEqual([full]);
    });

    it('lets many change one row at the same moment, and loses no change', async () => {
      const item = question(newJob());
      await keep(item, 'token');
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.change(keyOf(item), (standing) => standing && { ...standing, reasons: [...standing.reasons, `reason ${index}`] }),
        ),
      );
      const [standing] = await store.find('acme', item.jobId);
      expect(standing?.reasons.slice(1).sort()).toEqual(Array.from({ length: 8 }, (_, index) => `reason ${index}`));
    });

    it('creates a row once when many want to at the same moment', async () => {
      const item = question(newJob());
      const created = await Promise.all(
        Array.from({ length: 6 }, (_, index) => {
          const seen = { created: false };
          return store
            .change(keyOf(item), (standing) => {
              seen.created = !standing;
              return standing ? undefined : { ...item, reasons: [`asked by ${index}`] };
            })
            .then(() => seen.created);
        }),
      );
      expect(created.filter(Boolean)).toHaveLength(1);
    });

    it('takes what is settled out of the queue, and puts what is asked again back into it', async () => {
      const item = question(newJob());
      await keep(item, 'token');
      await keep(decided(item, '2026-11-24T09:00:00.000Z'));
      expect((await store.waiting('acme')).map(({ jobId }) => jobId)).not.toContain(item.jobId);
      await keep(question(item.jobId, { round: 2 }), 'new');
      expect((await store.waiting('acme')).map(({ jobId }) => jobId)).toContain(item.jobId);
      expect((await store.settledSince('acme', '2026-11-20T00:00:00.000Z')).map(({ jobId }) => jobId)).not.toContain(item.jobId);
    });

    it('keeps the subjects of a job apart, and an audit apart from the decision it looks at', async () => {
      const jobId = newJob();
      for (const subject of ReviewSubject.options) await keep(question(jobId, { subject }), `token-${subject}`);
      await keep(question(jobId, { kind: 'audit', rule: 'low-risk-loop' }));
      const final = question(jobId, { subject: 'final' });
      await keep(decided(final, '2026-11-24T09:00:00.000Z'));
      expect((await store.find('acme', jobId)).map(({ subject, kind, status }) => `${subject} ${kind} ${status}`)).toEqual([
        'brief decision waiting',
        'final decision approved',
        'preview decision waiting',
        'preview audit waiting',
      ]);
      expect(await store.change({ jobId, subject: 'preview', kind: 'audit' }, () => undefined)).toMatchObject({ taskToken: undefined });
    });

    it('shows one tenant what is its own, the nearest deadline first', async () => {
      const [later, sooner, foreign] = [newJob('globex'), newJob('globex'), newJob('initech')];
      await keep(question(later, { deadlineAt: '2026-11-27T08:00:00.000Z' }), 'a');
      await keep(question(sooner, { deadlineAt: '2026-11-26T08:00:00.000Z' }), 'b');
      await keep(question(foreign), 'c');
      expect((await store.waiting('globex')).map(({ jobId }) => jobId)).toEqual([sooner, later]);
      expect((await store.waiting()).map(({ jobId }) => jobId)).toEqual(expect.arrayContaining([sooner, later, foreign]));
      expect(await store.find('globex', foreign)).toEqual([]);
    });

    it('tells what was settled since an instant, over days, oldest first', async () => {
      const [early, decidedLater, closedLast] = [newJob('umbrella'), newJob('umbrella'), newJob('umbrella')];
      await keep(decided(question(early), '2026-11-24T09:00:00.000Z'));
      await keep(decided(question(decidedLater), '2026-11-24T23:59:59.999Z'));
      await keep(question(closedLast, { status: 'expired', closed: { at: '2026-11-26T00:00:00.000Z', because: 'the job was canceled' } }));
      await keep(decided(question(newJob('soylent')), '2026-11-25T00:00:00.000Z'));
      const since = async (instant: string) => (await store.settledSince('umbrella', instant)).map(({ jobId }) => jobId);
      expect(await since('2026-11-24T00:00:00.000Z')).toEqual([early, decidedLater, closedLast]);
      expect(await since('2026-11-24T09:00:00.001Z')).toEqual([decidedLater, closedLast]);
      expect(await since('2026-11-26T00:00:00.000Z')).toEqual([closedLast]);
      expect(await since('2026-11-26T00:00:00.001Z')).toEqual([]);
      expect((await store.settledSince(undefined, '2026-11-24T09:00:00.001Z')).map(({ jobId }) => jobId)).toEqual(
        expect.arrayContaining([decidedLater, closedLast]),
      );
    });
  });
}
