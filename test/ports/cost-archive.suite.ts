import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#contracts/keys';
import { AnsweredQuestion, CostFact, PublishedClip, ReworkedShot, StoppedJob } from '#contracts/ledger';
import type { CostArchive } from '#domain/ports';

/** An archive and a way to look into it. */
export interface OpenedArchive {
  readonly archive: CostArchive;
  readonly read: (key: string) => Promise<string | undefined>;
}

/** What every archive promises. */
export function costArchiveSuite(name: string, open: () => Promise<OpenedArchive> | OpenedArchive): void {
  describe(name, () => {
    let opened: OpenedArchive;
    beforeAll(async () => {
      opened = await open();
    });
    const tenant = `t-${randomBytes(5).toString('hex')}`;
    const jobId = `${tenant}_${randomBytes(12).toString('hex')}`;
    const fact = CostFact.parse({
      factId: randomBytes(16).toString('hex'),
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
      costMicroUsd: 7,
      priceList: 'test',
    });
    const clip = PublishedClip.parse({ jobId, tenant, campaign: 'spring', tier: 'final', renderedSeconds: 15, day: '2026-11-24' });

    it('keeps a fact as one line in the partition of its day and tenant, however often it is kept', async () => {
      await opened.archive.keep(fact);
      await opened.archive.keep(fact);
      const line = await opened.read(keys.costFact('2026-11-24', tenant, fact.factId));
      expect(line?.endsWith('\n')).toBe(true);
      expect(line?.trimEnd().split('\n')).toHaveLength(1);
      expect(CostFact.parse(JSON.parse(line ?? ''))).toEqual(fact);
    });

    it('keeps the shots that one decision sent back as lines of one object', async () => {
      const line = (shot: number) => ReworkedShot.parse({ jobId, tenant, tier: 'preview', shot, take: 2, day: '2026-11-24' });
      await opened.archive.keepReworked([line(0), line(3)]);
      await opened.archive.keepReworked([line(0), line(3)]);
      const kept = await opened.read(keys.reworkedShots('2026-11-24', tenant, jobId, 'preview', 2));
      expect(
        kept
          ?.trimEnd()
          .split('\n')
          .map((text) => ReworkedShot.parse(JSON.parse(text))),
      ).toEqual([line(0), line(3)]);
    });

    it('keeps what was answered, and what was refused before its final, each under its own key', async () => {
      const at = '2026-11-24T10:00:00.000Z';
      const answer = AnsweredQuestion.parse({
        ...{
          jobId,
          tenant,
          campaign: 'spring',
          template: 'product-hero',
          subject: 'preview',
          round: 2,
          outcome: 'approved',
          answeredBy: 'rule',
        },
        ...{ acceptedAt: at, requestedAt: at, decidedAt: at, day: '2026-11-24' },
      });
      const stopped = StoppedJob.parse({ jobId, tenant, visit: 'safety:brief', gpuCostAvoidedMicroUsd: 7, day: '2026-11-24' });
      for (const _ of [1, 2]) {
        await opened.archive.keepAnswered(answer);
        await opened.archive.keepStopped(stopped);
      }
      const read = async (key: string) => JSON.parse((await opened.read(key)) ?? '');
      expect(await read(keys.answeredQuestion('2026-11-24', tenant, jobId, 'preview', 2))).toEqual(answer);
      expect(await read(keys.stoppedJob('2026-11-24', tenant, jobId))).toEqual(stopped);
    });

    it('keeps a published clip the same way', async () => {
      await opened.archive.keepPublished(clip);
      await opened.archive.keepPublished(clip);
      expect(PublishedClip.parse(JSON.parse((await opened.read(keys.publishedClip('2026-11-24', tenant, jobId))) ?? ''))).toEqual(clip);
    });
  });
}
