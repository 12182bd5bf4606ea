import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LifecycleEvent } from '#contracts/events';
import type { CostFact, JobRow } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { LedgerStore } from '#domain/ports';

const hex = (digits: number): string => randomBytes(digits).toString('hex').slice(0, digits);

/** What every ledger promises. Jobs and tenants are fresh for each test, so a shared table is fine. */
export function ledgerStoreSuite(name: string, open: () => Promise<LedgerStore> | LedgerStore): void {
  describe(name, () => {
    let ledger: LedgerStore;
    let tenant: string;
    let jobId: string;
    beforeAll(async () => {
      ledger = await open();
    });
    beforeEach(() => {
      tenant = `t-${hex(10)}`;
      jobId = `${tenant}_${hex(24)}`;
    });

    const row = (over: Partial<JobRow> = {}): JobRow => ({
      jobId,
      tenant,
      campaign: 'spring',
      status: 'accepted',
      visit: 'intake',
      percent: 0,
      sequence: 0,
      acceptedAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T10:00:00.000Z',
      costMicroUsd: microUsd(0),
      ...over,
    });
    const fact = (over: Partial<CostFact> = {}): CostFact => ({
      factId: hex(32),
      jobId,
      tenant,
      campaign: 'spring',
      tier: 'final',
      stage: 'generate',
      visit: 'generate:final',
      component: 'animatic@1.0.0',
      cause: 'useful',
      day: '2026-11-24',
      at: '2026-11-24T10:00:00.000Z',
      seconds: 1.5,
      costMicroUsd: microUsd(7),
      priceList: 'test',
      ...over,
    });
    const event = (sequence: number, idempotencyKey = hex(8)): LifecycleEvent => ({
      schemaVersion: 1,
      idempotencyKey,
      sequence,
      at: '2026-11-24T10:00:00.000Z',
      tenant,
      jobId,
      type: 'stage.started',
      visit: 'prep',
    });

    it('knows nothing of a job nobody told it about', async () => {
      expect(await ledger.job(tenant, jobId)).toBeUndefined();
      expect(await ledger.costs(tenant, jobId)).toEqual([]);
      expect(await ledger.events(tenant, jobId)).toEqual([]);
    });

    it('gives back the row that was written, and forgets keys that went away', async () => {
      await ledger.updateJob(tenant, jobId, () => row({ reason: 'waits', partPercents: [1, 2.5] }));
      expect(await ledger.job(tenant, jobId)).toEqual(row({ reason: 'waits', partPercents: [1, 2.5] }));
      expect(await ledger.updateJob(tenant, jobId, () => row({ status: 'running' }))).toEqual(row({ status: 'running' }));
      expect(await ledger.job(tenant, jobId)).toEqual(row({ status: 'running' }));
    });

    it('leaves a row alone when the change says so', async () => {
      expect(await ledger.updateJob(tenant, jobId, () => undefined)).toBeUndefined();
      await ledger.updateJob(tenant, jobId, () => row());
      expect(await ledger.updateJob(tenant, jobId, () => undefined)).toEqual(row());
    });

    it('loses no change when many come at once', async () => {
      const add = () => ledger.updateJob(tenant, jobId, (before) => row({ sequence: (before?.sequence ?? 0) + 1 }));
      await Promise.all(Array.from({ length: 8 }, add));
      expect((await ledger.job(tenant, jobId))?.sequence).toBe(8);
    });

    it('takes a fact once, and its cost into the total once', async () => {
      await ledger.updateJob(tenant, jobId, () => row());
      const paid = fact();
      expect(await ledger.addCost(paid)).toBe(true);
      expect(await ledger.addCost(paid)).toBe(false);
      expect((await ledger.job(tenant, jobId))?.costMicroUsd).toBe(7);
      expect(await ledger.costs(tenant, jobId)).toEqual([paid]);
    });

    it('counts facts that come before their job', async () => {
      await ledger.addCost(fact());
      expect(await ledger.job(tenant, jobId)).toBeUndefined();
      await ledger.updateJob(tenant, jobId, () => row());
      expect((await ledger.job(tenant, jobId))?.costMicroUsd).toBe(7);
    });

    it('does not let a change of the row move the total', async () => {
      await ledger.addCost(fact());
      await ledger.updateJob(tenant, jobId, () => row({ costMicroUsd: microUsd(1_000_000) }));
      expect((await ledger.job(tenant, jobId))?.costMicroUsd).toBe(7);
    });

    it('adds up to the sum of its facts, whoever writes at the same time', async () => {
      const facts = Array.from({ length: 6 }, (_, index) => fact({ costMicroUsd: microUsd(index + 1) }));
      await Promise.all([
        ...facts.map((one) => ledger.addCost(one)),
        ...facts.map((one) => ledger.addCost(one)),
        ...facts.map((_, index) => ledger.updateJob(tenant, jobId, () => row({ percent: index }))),
      ]);
      const total = (await ledger.costs(tenant, jobId)).reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);
      expect(total).toBe(21);
      expect((await ledger.job(tenant, jobId))?.costMicroUsd).toBe(total);
    });

    it('keeps history in order of life, each event once', async () => {
      const [late, early] = [event(12_000), event(900)];
      expect(await ledger.addEvent(late)).toBe(true);
      expect(await ledger.addEvent(early)).toBe(true);
      expect(await ledger.addEvent(late)).toBe(false);
      expect(await ledger.events(tenant, jobId)).toEqual([early, late]);
    });

    it('lists the jobs of a tenant newest first, and no more than asked', async () => {
      for (const hour of ['08', '10', '09']) {
        const id = `${tenant}_${hex(24)}`;
        await ledger.updateJob(tenant, id, () => row({ jobId: id, acceptedAt: `2026-11-24T${hour}:00:00.000Z` }));
      }
      const hours = async (limit: number) => (await ledger.jobsOf(tenant, limit)).map(({ acceptedAt }) => acceptedAt.slice(11, 13));
      expect(await hours(10)).toEqual(['10', '09', '08']);
      expect(await hours(2)).toEqual(['10', '09']);
    });

    it("lists the jobs of a tenant that were accepted since a moment, that moment included, and nobody else's", async () => {
      for (const [owner, hour] of [
        [tenant, '08'],
        [tenant, '09'],
        [tenant, '10'],
        [`${tenant}x`, '10'],
      ] as const) {
        const id = `${owner}_${hex(24)}`;
        await ledger.updateJob(owner, id, () => row({ tenant: owner, jobId: id, acceptedAt: `2026-11-24T${hour}:00:00.000Z` }));
      }
      const found = await ledger.acceptedSince(tenant, '2026-11-24T09:00:00.000Z');
      expect(found.map((one) => [one.tenant, one.acceptedAt.slice(11, 13)])).toEqual([
        [tenant, '10'],
        [tenant, '09'],
      ]);
    });

    it('lists jobs of all tenants to an operator', async () => {
      await ledger.updateJob(tenant, jobId, () => row({ acceptedAt: '2036-01-01T00:00:00.000Z' }));
      expect((await ledger.jobsOf(undefined, 1_000)).map((found) => found.jobId)).toContain(jobId);
    });
  });
}
