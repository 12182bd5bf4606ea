import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { ErrorName } from '#contracts/errors';
import { AcceptedBrief } from '#contracts/job';
import { answerReview } from '#lambdas/review/decide';
import { ask } from '#lambdas/review/request-decision';
import { jobId, previewRequest, reviewWorld } from '../../domain/review/world.ts';

const accepted = AcceptedBrief.parse(
  JSON.parse(readFileSync(new URL('../../../contracts/examples/accepted-brief/coffee-spring.json', import.meta.url), 'utf8')),
);

async function asking(template: 'product-hero' | 'low-risk-loop') {
  const world = reviewWorld();
  const artifacts = openMemoryArtifactStore();
  const document = { ...accepted, brief: { ...accepted.brief, template } };
  const brief = await artifacts.put('brief.json', new TextEncoder().encode(JSON.stringify(document)));
  const request = { ...previewRequest, message: { ...previewRequest.message, job: { ...previewRequest.message.job, brief } } };
  return { world, asked: await ask(request, { ...world.neighbours, artifacts }) };
}

it('asks a person about a preview of an ordinary template, then a person answers through the other door', async () => {
  const { world, asked } = await asking('product-hero');
  expect(asked).toEqual({ status: 'waiting', deadlineAt: '2026-11-26T08:31:00.000Z' });
  const answer = answerReview(() => world.neighbours);
  expect(await answer({ jobId, outcome: 'approved', reviewer: 'Ada' })).toMatchObject({ result: 'decided', item: { status: 'approved' } });
  expect(world.answer()).toMatchObject({ reviewer: 'Ada', reason: '' });
});

it('reads the template from the brief that was accepted, and lets its rule answer', async () => {
  const { world, asked } = await asking('low-risk-loop');
  expect(asked.status).toBe('approved');
  expect(world.answer()).toMatchObject({ reviewer: 'rule:low-risk-loop' });
});

it.each([
  {},
  { jobId, outcome: 'maybe', reviewer: 'Ada' },
  { jobId: '../x', outcome: 'approved', reviewer: 'Ada' },
  { jobId, outcome: 'approved', reviewer: '' },
])('refuses the answer %j by contract', async (event) => {
  await expect(answerReview(() => reviewWorld().neighbours)(event)).rejects.toMatchObject({ name: ErrorName.ContractViolated });
});
