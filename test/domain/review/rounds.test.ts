import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DecideInput, type ReviewRequest } from '#contracts/review';
import { requestDecision } from '#domain/review/ask';
import { decide } from '#domain/review/decide';
import { readDossier } from '#domain/review/dossier';
import { tendQueue } from '#domain/review/escalation';
import { askedAgain, roundToAsk } from '#domain/review/rounds';
import { hour, waiting } from './items.ts';
import { jobId, of, previewRequest, reviewWorld } from './world.ts';

const sendBack = DecideInput.parse({
  ...{ jobId, outcome: 'rework', reviewer: 'Ada', reason: 'nearly' },
  notes: [{ shot: 1, at: 2.5, text: 'The handle is cut off', description: 'The whole cup, handle in view' }],
});
const asking = (world: ReturnType<typeof reviewWorld>, request: ReviewRequest) => {
  world.tokens.wait(request.taskToken);
  return requestDecision(request, of('product-hero'), world.neighbours);
};
const after = (request: ReviewRequest, taskToken: string, take: number): ReviewRequest => ({
  ...request,
  taskToken,
  message: { ...request.message, rework: { take, shots: [{ shot: 1, take }] } },
});

it('asks again after rework, one round later, with the earlier decision kept and its own dossier', async () => {
  const world = reviewWorld();
  const first = await asking(world, previewRequest);
  world.pass(600);
  const sent = await decide(sendBack, world.neighbours);
  expect(sent).toMatchObject({
    result: 'decided',
    item: {
      status: 'rework',
      decision: { rework: { take: 2, shots: [{ shot: 1, take: 2, description: 'The whole cup, handle in view' }] } },
    },
  });
  expect(world.answer()).toEqual(sent.item?.decision);

  world.pass(1_200);
  const second = await asking(world, after(previewRequest, 'token-of-round-2', 2));
  expect(second).toMatchObject({ status: 'waiting', round: 2, earlier: [sent.item?.decision], requestedAt: '2026-11-24T09:01:00.000Z' });
  for (const gone of ['decision', 'claim', 'firstApproval', 'escalatedAt']) expect(second).not.toHaveProperty(gone);
  expect(second.dossier?.key).not.toBe(first.dossier?.key);
  if (second.dossier) expect((await readDossier(second.dossier, world.artifacts)).message.rework?.take).toBe(2);

  expect(await decide({ ...sendBack, outcome: 'approved', round: 1 }, world.neighbours)).toMatchObject({
    result: 'stale',
    item: { round: 2 },
  });
  expect(await decide({ ...sendBack, outcome: 'approved', round: 2 }, world.neighbours)).toMatchObject({ result: 'decided' });
  expect(world.tokens.answers.get('token-of-round-2')).toMatchObject({ outcome: 'approved', round: 2 });
  expect(world.told().map(({ type, idempotencyKey }) => `${type} ${idempotencyKey.split(':').slice(2).join(':')}`)).toEqual([
    'review.requested preview',
    'review.decided preview',
    'review.requested preview:2',
    'review.decided preview:2',
  ]);
});

it('is not asked again by a state that was merely retried: the standing answer goes to its new token', async () => {
  const world = reviewWorld();
  await asking(world, previewRequest);
  const { item } = await decide(sendBack, world.neighbours);
  const retried = await asking(world, { ...previewRequest, taskToken: 'token-of-the-retry' });
  expect(retried).toEqual(item);
  expect(world.tokens.answers.get('token-of-the-retry')).toEqual(item?.decision);
});

it('sends back no more than the rounds there are', async () => {
  const world = reviewWorld();
  await asking(world, previewRequest);
  for (const round of [2, 3, 4, 5]) {
    expect((await decide(sendBack, world.neighbours)).result).toBe('decided');
    expect(await asking(world, after(previewRequest, `token-${round}`, round))).toMatchObject({ round });
  }
  expect(await decide(sendBack, world.neighbours)).toMatchObject({ result: 'refused', problem: expect.stringContaining('last of 5') });
  expect(await decide({ ...sendBack, outcome: 'approved' }, world.neighbours)).toMatchObject({ result: 'decided' });
});

it('refuses words that the policy refuses, and settles nothing by them', async () => {
  const world = reviewWorld();
  await asking(world, previewRequest);
  const notes = sendBack.notes.map((note) => ({ ...note, description: 'A massacre behind the bottle' }));
  expect(await decide({ ...sendBack, notes }, world.neighbours)).toMatchObject({
    result: 'refused',
    problem: expect.stringContaining('massacre'),
    item: { status: 'waiting' },
  });
  expect(world.answer()).toBeUndefined();
});

it('waits anew when a question that nobody answered in time is asked all the same', async () => {
  const world = reviewWorld();
  await asking(world, previewRequest);
  world.pass(previewRequest.timeoutSeconds);
  await tendQueue(world.neighbours);
  const again = await asking(world, { ...previewRequest, taskToken: 'token-of-the-redrive' });
  expect(again).toMatchObject({ status: 'waiting', round: 1, requestedAt: '2026-11-26T08:31:00.000Z' });
  expect(again).not.toHaveProperty('closed');
  expect((await decide({ ...sendBack, outcome: 'approved' }, world.neighbours)).result).toBe('decided');
  expect(world.tokens.answers.get('token-of-the-redrive')).toMatchObject({ outcome: 'approved' });
});

it('is one round later exactly when the message follows what was sent back, and never otherwise', () => {
  const take = fc.integer({ min: 2, max: 10 });
  const status = fc.constantFrom('waiting', 'approved', 'rejected', 'rework', 'expired') satisfies fc.Arbitrary<string>;
  fc.assert(
    fc.property(status, take, fc.option(take, { nil: undefined }), (as, wanted, made) => {
      const standing = waiting({
        status: as,
        round: 2,
        ...(as === 'rework' && {
          decision: {
            ...{ subject: 'preview', outcome: 'rework', reviewer: 'Ada', reason: '', requestedAt: hour(0).toISOString() },
            ...{ decidedAt: hour(1).toISOString(), round: 2, rework: { take: wanted, shots: [{ shot: 0, take: wanted }] } },
          },
        }),
      });
      const message = made === undefined ? {} : { rework: { take: made, shots: [{ shot: 0, take: made }] } };
      const followed = as === 'rework' && made !== undefined && made >= wanted;
      expect(roundToAsk(standing, message)).toBe(followed ? 3 : 2);
      const { round: _, earlier: __, ...asked } = waiting({ requestedAt: hour(2).toISOString() });
      const result = askedAgain(standing, asked, roundToAsk(standing, message), message);
      if (followed) expect(result).toMatchObject({ round: 3, status: 'waiting', earlier: [standing.decision] });
      else if (as === 'waiting' || as === 'expired') expect(result).toMatchObject({ round: 2, status: 'waiting' });
      else expect(result).toBeUndefined();
    }),
  );
});
