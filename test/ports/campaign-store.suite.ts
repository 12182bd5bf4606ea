import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignRecord } from '#contracts/review';
import type { CampaignStore } from '#domain/ports';

/** What every store of campaigns promises. Campaigns are fresh for each test, so a shared table is fine. */
export function campaignStoreSuite(name: string, open: () => Promise<CampaignStore>): void {
  describe(name, () => {
    let store: CampaignStore;
    beforeAll(async () => {
      store = await open();
    });
    const fresh = () => `campaign-${randomBytes(6).toString('hex')}`;
    const approval = (n: number): CampaignRecord['approvals'][number] => ({
      look: 'a'.repeat(64),
      jobId: `acme_${n.toString(16).padStart(24, '0')}`,
      reviewer: 'Ada',
      decidedAt: '2026-11-24T08:00:00.000Z',
    });

    it('knows of nothing that was said before anybody said anything', async () => {
      expect(await store.of('acme', fresh())).toEqual({ approvals: [] });
    });

    it('keeps what was said, and hands it to the next change', async () => {
      const campaign = fresh();
      const said: CampaignRecord = { refusedAt: '2026-11-24T07:00:00.000Z', approvals: [approval(1), approval(2)] };
      await store.change('acme', campaign, () => said);
      expect(await store.of('acme', campaign)).toEqual(said);
      await store.change('acme', campaign, (record) => ({ ...record, approvals: record.approvals.slice(1) }));
      expect(await store.of('acme', campaign)).toEqual({ ...said, approvals: [approval(2)] });
    });

    it('leaves the record when the change wants nothing', async () => {
      const campaign = fresh();
      await store.change('acme', campaign, () => undefined);
      expect(await store.of('acme', campaign)).toEqual({ approvals: [] });
      await store.change('acme', campaign, () => ({ approvals: [approval(1)] }));
      await store.change('acme', campaign, () => undefined);
      expect(await store.of('acme', campaign)).toEqual({ approvals: [approval(1)] });
    });

    it('keeps campaigns of one name apart by tenant', async () => {
      const campaign = fresh();
      await store.change('acme', campaign, () => ({ approvals: [approval(1)] }));
      expect(await store.of('globex', campaign)).toEqual({ approvals: [] });
    });

    it('lets many say something at the same moment, and loses nothing', async () => {
      const campaign = fresh();
      await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store.change('acme', campaign, (record) => ({ ...record, approvals: [...record.approvals, approval(n)] })),
        ),
      );
      const { approvals } = await store.of('acme', campaign);
      expect(approvals.map(({ jobId }) => jobId).sort()).toEqual(Array.from({ length: 8 }, (_, n) => approval(n).jobId));
    });
  });
}
