import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { ErrorName } from '#contracts/errors';
import { AcceptedBrief } from '#contracts/job';
import { closeEnded } from '#lambdas/review/close-questions';
import { answerReview } from '#lambdas/review/decide';
import { escalateQueue } from '#lambdas/review/escalate';
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
  return { world, asked: await ask(request, { ...world.neighbours, artifacts }), artifacts };
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

it('keeps what the question is about beside the job, and says whose product it is', async () => {
  const { world, artifacts } = await asking('product-hero');
  const [item] = await world.reviews.waiting();
  expect(item).toMatchObject({
    template: 'product-hero',
    product: accepted.brief.product.name,
    campaign: 'coffee-spring',
    clipSeconds: 7.5,
  });
  expect([...artifacts.objects.keys()]).toContain(item?.dossier?.key);
});

it('sends back through the door, notes and all', async () => {
  const { world, artifacts } = await asking('product-hero');
  const answer = answerReview(() => ({ ...world.neighbours, artifacts }));
  const notes = [{ shot: 0, at: 1, text: 'The cap is cut off' }];
  expect(await answer({ jobId, outcome: 'rework', reviewer: 'Ada', notes: [] })).toMatchObject({ result: 'refused' });
  expect(await answer({ jobId, outcome: 'rework', reviewer: 'Ada', notes })).toMatchObject({ result: 'decided' });
  expect(world.answer()).toMatchObject({ outcome: 'rework', rework: { take: 2, shots: [{ shot: 0, take: 2 }] } });
});

it('looks after the queue: near its deadline a question is escalated, past it it leaves', async () => {
  const { world } = await asking('product-hero');
  const tend = escalateQueue(() => world.neighbours);
  world.pass(previewRequest.timeoutSeconds * 0.8);
  expect(await tend()).toEqual({ escalated: 1, expired: 0 });
  world.pass(previewRequest.timeoutSeconds * 0.2);
  expect(await tend()).toEqual({ escalated: 0, expired: 1 });
});

it('hears that a job was canceled, in the words of AWS, and closes its question', async () => {
  const { world } = await asking('product-hero');
  const close = closeEnded(() => world.reviews);
  const event = {
    ...{ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', time: '2026-11-24T09:00:00Z' },
    detail: { executionArn: 'arn', stateMachineArn: 'arn', name: jobId, status: 'ABORTED', stopDate: Date.parse('2026-11-24T09:00:00Z') },
  };
  expect([await close(event), await close(event)]).toEqual([{ closed: 1 }, { closed: 0 }]);
  expect(await world.reviews.waiting()).toEqual([]);
  await expect(close({ source: 'aws.states' })).rejects.toMatchObject({ name: ErrorName.ContractViolated });
});
