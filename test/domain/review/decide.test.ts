import { expect, it } from 'vitest';
import { DecideInput } from '#contracts/review';
import { requestDecision } from '#domain/review/ask';
import { decide } from '#domain/review/decide';
import { briefRequest, jobId, of, previewRequest, reviewWorld } from './world.ts';

const approve = DecideInput.parse({ jobId, outcome: 'approved', reviewer: 'Ada', reason: 'Lovely light' });
const reject = DecideInput.parse({ jobId, outcome: 'rejected', reviewer: 'Grace', reason: 'The handle is cut off' });

async function asked(request = previewRequest) {
  const world = reviewWorld(request);
  await requestDecision(request, of('product-hero'), world.neighbours);
  return world;
}

it('puts the question into the queue with its deadline and why it is asked', async () => {
  const world = await asked();
  expect(await world.reviews.waiting('acme')).toMatchObject([
    {
      jobId,
      subject: 'preview',
      status: 'waiting',
      requestedAt: '2026-11-24T08:31:00.000Z',
      deadlineAt: '2026-11-26T08:31:00.000Z',
      reasons: [expect.stringContaining('product-hero')],
    },
  ]);
  expect(world.publisher.published).toMatchObject([{ type: 'review.requested', sequence: 8500 }]);
  expect(world.answer()).toBeUndefined();
});

it('tells a reviewer of a brief what the rules saw, and where', async () => {
  const world = await asked(briefRequest);
  expect((await world.reviews.waiting())[0]?.reasons).toEqual([
    'The brief may be public-figure: storyboard[1].description: matched "taylor swift" (rule public-figure) (rules@1).',
  ]);
});

it('wakes the machine with the decision and records who made it', async () => {
  const world = await asked();
  world.pass(140);
  const output = await decide(approve, world.neighbours);
  const decision = {
    subject: 'preview',
    outcome: 'approved',
    reviewer: 'Ada',
    reason: 'Lovely light',
    requestedAt: '2026-11-24T08:31:00.000Z',
    decidedAt: '2026-11-24T08:33:20.000Z',
  };
  expect(output).toMatchObject({ result: 'decided', item: { status: 'approved', decision } });
  expect(world.answer()).toEqual(decision);
  expect(world.told().map(({ type }) => type)).toEqual(['review.requested', 'review.decided']);
  expect(await world.reviews.waiting()).toEqual([]);
});

it('keeps the first decision, whatever is said later, and tells the later caller which it is', async () => {
  const world = await asked();
  await decide(approve, world.neighbours);
  for (const later of [reject, approve])
    expect(await decide(later, world.neighbours)).toMatchObject({
      result: 'already-decided',
      item: { status: 'approved', decision: { reviewer: 'Ada' } },
    });
  expect(world.answer()).toMatchObject({ outcome: 'approved' });
  expect(world.told()).toHaveLength(2);
});

it('settles once when two reviewers answer at the same moment', async () => {
  const world = await asked();
  const results = await Promise.all([approve, reject, approve].map((input) => decide(input, world.neighbours)));
  expect(results.map(({ result }) => result).sort()).toEqual(['already-decided', 'already-decided', 'decided']);
  expect(world.told().filter(({ type }) => type === 'review.decided')).toHaveLength(1);
});

it('is healed by the next caller when it died between settling and waking', async () => {
  for (const dead of ['tokens', 'publisher'] as const) {
    const world = await asked();
    const broken = {
      tokens: { succeed: () => Promise.reject(new Error('died')) },
      publisher: { publish: () => Promise.reject(new Error('died')) },
    };
    await expect(decide(approve, { ...world.neighbours, [dead]: broken[dead] })).rejects.toThrow('died');
    expect(await decide(reject, world.neighbours)).toMatchObject({ result: 'already-decided', item: { status: 'approved' } });
    expect(world.answer()).toMatchObject({ outcome: 'approved', reviewer: 'Ada' });
    expect(world.told().map(({ type }) => type)).toEqual(['review.requested', 'review.decided']);
  }
});

it('decides nothing after the deadline', async () => {
  const world = await asked();
  world.pass(previewRequest.timeoutSeconds);
  expect(await decide(approve, world.neighbours)).toMatchObject({ result: 'expired', item: { status: 'expired' } });
  expect(await decide(approve, world.neighbours)).toMatchObject({ result: 'expired' });
  expect(world.answer()).toBeUndefined();
  expect(await world.reviews.waiting()).toEqual([]);
});

it('says so when nobody asked', async () => {
  expect(await decide(approve, reviewWorld().neighbours)).toEqual({ result: 'not-found' });
});

it('takes the question that waits when the caller names none', async () => {
  const world = await asked(briefRequest);
  for (const reviewer of ['Ada', 'Grace']) await decide({ ...approve, reviewer }, world.neighbours); // a public figure takes two
  world.pass(60);
  await requestDecision(previewRequest, of('product-hero'), world.neighbours);
  expect(await decide(reject, world.neighbours)).toMatchObject({ result: 'decided', item: { subject: 'preview' } });
  expect(await decide({ ...reject, subject: 'brief' }, world.neighbours)).toMatchObject({
    result: 'already-decided',
    item: { subject: 'brief', status: 'approved' },
  });
});

it('answers a retried question with the standing decision, under its new token', async () => {
  const world = await asked();
  await decide(approve, world.neighbours);
  world.tokens.wait('token-of-the-retry');
  await requestDecision({ ...previewRequest, taskToken: 'token-of-the-retry' }, of('product-hero'), world.neighbours);
  expect(world.tokens.answers.get('token-of-the-retry')).toMatchObject({ outcome: 'approved', reviewer: 'Ada' });
});

it('waits on the newest token when the question was asked twice', async () => {
  const world = await asked();
  world.tokens.wait('newer');
  await requestDecision({ ...previewRequest, taskToken: 'newer' }, of('product-hero'), world.neighbours);
  await decide(approve, world.neighbours);
  expect([...world.tokens.answers.keys()]).toEqual(['newer']);
});
