import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { AcceptedBrief } from '#contracts/job';
import { ConcludeInput } from '#contracts/publish';
import { gpuCostAvoided } from '#domain/ledger/avoided-cost';
import { templates } from '#domain/plan/templates';
import { concludeJob } from '#lambdas/publish/conclude-job';
import { approvedJob, JOB_ID } from '../../domain/publish/message.ts';

const example = new URL('../../../contracts/examples/accepted-brief/coffee-spring.json', import.meta.url);
const accepted = AcceptedBrief.parse(JSON.parse(readFileSync(example, 'utf8')));
const artifacts = openMemoryArtifactStore();
const brief = await artifacts.put('brief.json', new TextEncoder().encode(JSON.stringify(accepted)));
const job = { ...approvedJob().job, brief };
const now = () => new Date('2026-11-24T05:00:00.000Z');
const known = { artifacts, defaultMotion: 'wan22-ti2v-5b', now };

it('tells once that a job ended without a clip, who it was and why', async () => {
  const publisher = openMemoryEventPublisher();
  const input = ConcludeInput.parse({ job, outcome: 'rejected', reason: 'ada: wrong bottle', visit: 'review:preview' });
  expect(await concludeJob(input, { ...known, publisher })).toEqual({ status: 'rejected', reason: 'ada: wrong bottle' });
  await concludeJob(input, { ...known, publisher });
  expect(publisher.published).toMatchObject([
    { type: 'job.concluded', idempotencyKey: `${JOB_ID}:job.concluded`, outcome: 'rejected', reason: 'ada: wrong bottle' },
    { idempotencyKey: `${JOB_ID}:job.concluded` },
  ]);
});

it('says so when the person who refused gave no reason', async () => {
  const publisher = openMemoryEventPublisher();
  const { reason } = await concludeJob(ConcludeInput.parse({ job, outcome: 'rejected', reason: '' }), { ...known, publisher });
  expect(reason).toBe('no reason was given');
});

it('says in which take it ended, so that the row of a job that was sent back stands there', async () => {
  const publisher = openMemoryEventPublisher();
  const input = ConcludeInput.parse({ job, outcome: 'rejected', reason: 'no', visit: 'review:preview', take: 3 });
  await concludeJob(input, { ...known, publisher });
  expect(publisher.published[0]?.sequence).toBe(208_990);
});

it('says what its GPUs would have cost where it was refused in time, and nothing where they had worked', async () => {
  const avoided = async (change: Partial<ConcludeInput>) => {
    const publisher = openMemoryEventPublisher();
    await concludeJob(ConcludeInput.parse({ job, outcome: 'rejected', reason: 'no', ...change }), { ...known, publisher });
    const [event] = publisher.published;
    return event?.type === 'job.concluded' ? event.gpuCostAvoidedMicroUsd : undefined;
  };
  const template = templates[accepted.brief.template];
  const estimate = gpuCostAvoided({ brief: accepted.brief, template, defaultMotion: known.defaultMotion, visit: 'safety:brief' });
  expect(estimate).toBeGreaterThan(0);
  expect(await avoided({ visit: 'safety:brief' })).toBe(estimate);
  expect(await avoided({ visit: 'review:preview' })).toBe(estimate);
  expect(await avoided({ visit: 'review:final' })).toBeUndefined();
  expect(await avoided({ visit: 'review:preview', job: { ...job, tier: 'preview' } })).toBeUndefined();
  expect(await avoided({ visit: 'prep' })).toBeUndefined();
  expect(await avoided({ visit: 'review:preview', outcome: 'previewed' })).toBeUndefined();
});

it('ends a job whose brief cannot be read any more, without an estimate', async () => {
  const publisher = openMemoryEventPublisher();
  const input = ConcludeInput.parse({ job, outcome: 'rejected', reason: 'no', visit: 'review:brief' });
  const result = await concludeJob(input, { ...known, artifacts: openMemoryArtifactStore(), publisher });
  expect(result.status).toBe('rejected');
  expect(publisher.published).toMatchObject([{ type: 'job.concluded', outcome: 'rejected' }]);
  expect(publisher.published[0]).not.toHaveProperty('gpuCostAvoidedMicroUsd');
});
