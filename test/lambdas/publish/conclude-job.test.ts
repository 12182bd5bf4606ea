import { expect, it } from 'vitest';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { ConcludeInput } from '#contracts/publish';
import { concludeJob } from '#lambdas/publish/conclude-job';
import { approvedJob, JOB_ID } from '../../domain/publish/message.ts';

const { job } = approvedJob();
const now = () => new Date('2026-11-24T05:00:00.000Z');

it('tells once that a job ended without a clip, who it was and why', async () => {
  const publisher = openMemoryEventPublisher();
  const input = ConcludeInput.parse({ job, outcome: 'rejected', reason: 'ada: wrong bottle', visit: 'review:preview' });
  expect(await concludeJob(input, { publisher, now })).toEqual({ status: 'rejected', reason: 'ada: wrong bottle' });
  await concludeJob(input, { publisher, now });
  expect(publisher.published).toMatchObject([
    { type: 'job.concluded', idempotencyKey: `${JOB_ID}:job.concluded`, outcome: 'rejected', reason: 'ada: wrong bottle' },
    { idempotencyKey: `${JOB_ID}:job.concluded` },
  ]);
});

it('says so when the person who refused gave no reason', async () => {
  const publisher = openMemoryEventPublisher();
  const { reason } = await concludeJob(ConcludeInput.parse({ job, outcome: 'rejected', reason: '' }), { publisher, now });
  expect(reason).toBe('no reason was given');
});

it('says in which take it ended, so that the row of a job that was sent back stands there', async () => {
  const publisher = openMemoryEventPublisher();
  const input = ConcludeInput.parse({ job, outcome: 'rejected', reason: 'no', visit: 'review:preview', take: 3 });
  await concludeJob(input, { publisher, now });
  expect(publisher.published[0]?.sequence).toBe(208_990);
});
