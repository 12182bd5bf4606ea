import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RuleCount, RuleStore } from '#domain/ports';

/** What every store of rules promises. Rules are fresh for each test, so a shared table is fine. */
export function ruleStoreSuite(name: string, open: () => Promise<RuleStore>): void {
  describe(name, () => {
    let store: RuleStore;
    beforeAll(async () => {
      store = await open();
    });
    const fresh = (): RuleCount => ({
      rule: `rule-${randomBytes(6).toString('hex')}`,
      jobId: `acme_${randomBytes(12).toString('hex')}`,
      subject: 'preview',
      round: 1,
      what: 'approved',
    });
    const standing = async ({ rule }: RuleCount) => (await store.all()).find((record) => record.name === rule);
    const change = (reason: string) => ({ at: '2026-11-24T08:00:00.000Z', by: 'Ada', reason });

    it('knows nothing of a rule that never did anything', async () => {
      expect(await standing(fresh())).toBeUndefined();
    });

    it('counts each thing once, however often and however fast it is said', async () => {
      const count = fresh();
      const isNew = await Promise.all(Array.from({ length: 5 }, () => store.count(count)));
      expect(isNew.filter(Boolean)).toHaveLength(1);
      expect(await standing(count)).toEqual({ name: count.rule, approved: 1, sampled: 0, audited: 0, misses: 0, agreedInARow: 0 });
    });

    it('counts different jobs, subjects, rounds and happenings apart', async () => {
      const count = fresh();
      const all: RuleCount[] = [
        count,
        { ...count, jobId: fresh().jobId },
        { ...count, subject: 'final' },
        { ...count, round: 2 },
        { ...count, what: 'sampled' },
        { ...count, what: 'agreed' },
        { ...count, what: 'missed', round: 2 },
      ];
      for (const one of all) expect(await store.count(one)).toBe(true);
      expect(await standing(count)).toEqual({ name: count.rule, approved: 4, sampled: 1, audited: 2, misses: 1, agreedInARow: 0 });
    });

    it('suspends in the write that counts, once: a copy after it was resumed suspends nothing', async () => {
      const miss: RuleCount = { ...fresh(), what: 'missed' };
      expect(await store.count(miss, change('the audit disagreed'))).toBe(true);
      expect(await standing(miss)).toMatchObject({ misses: 1, suspended: change('the audit disagreed') });
      await store.resume(miss.rule, change('seen and mended'));
      expect(await store.count(miss, change('the audit disagreed'))).toBe(false);
      const after = await standing(miss);
      expect(after).toMatchObject({ misses: 1, resumed: change('seen and mended') });
      expect(after?.suspended).toBeUndefined();
    });

    it('counts the audits that agreed in a row, and begins anew at a miss', async () => {
      const count = fresh();
      const audited = async (what: 'agreed' | 'missed') => {
        await store.count({ ...count, jobId: fresh().jobId, what }, what === 'missed' ? change('the audit disagreed') : undefined);
        return (await standing(count))?.agreedInARow;
      };
      expect([await audited('agreed'), await audited('agreed'), await audited('missed'), await audited('agreed')]).toEqual([1, 2, 0, 1]);
      expect(await standing(count)).toMatchObject({ audited: 4, misses: 1 });
    });

    it('keeps the first reason of a suspension until somebody resumes', async () => {
      const count = fresh();
      await store.suspend(count.rule, change('first'));
      await store.suspend(count.rule, change('second'));
      expect((await standing(count))?.suspended?.reason).toBe('first');
      await store.resume(count.rule, change('done'));
      await store.suspend(count.rule, change('third'));
      expect((await standing(count))?.suspended?.reason).toBe('third');
    });

    it('resumes nothing that is not suspended', async () => {
      const count = fresh();
      await store.count(count);
      await store.resume(count.rule, change('by mistake'));
      expect(await standing(count)).toEqual({ name: count.rule, approved: 1, sampled: 0, audited: 0, misses: 0, agreedInARow: 0 });
    });
  });
}
