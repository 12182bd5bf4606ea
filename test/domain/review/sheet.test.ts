import { describe, expect, it } from 'vitest';
import { DecideInput, type ReviewItem } from '#contracts/review';
import { TogetherBody } from '#contracts/review-api';
import { requestDecision } from '#domain/review/ask';
import { answerByRule } from '#domain/review/by-rule';
import { decide } from '#domain/review/decide';
import { claim } from '#domain/review/room';
import { answerTogether } from '#domain/review/sheet';
import { settleSiblings } from '#domain/review/siblings';
import { of, previewRequest, reviewWorld } from './world.ts';

const { message } = previewRequest;
const jobOf = (n: number) => `acme_${n.toString(16).padStart(24, '0')}`;
const risky = { ...message.briefVerdict, reasons: [{ category: 'minors' as const, voter: 'rules@1', score: 0.1, evidence: 'a hint' }] };

async function campaignOf(count: number) {
  const world = reviewWorld();
  const requestOf = (n: number, more: object = {}) => ({
    ...previewRequest,
    taskToken: `token-${n}`,
    message: { ...message, job: { ...message.job, jobId: jobOf(n) }, ...more },
  });
  const ask = (n: number, more: object = {}, template: 'product-hero' | 'low-risk-loop' = 'product-hero') => {
    world.tokens.wait(`token-${n}`);
    return requestDecision(requestOf(n, more), of(template), world.neighbours);
  };
  for (let n = 0; n < count; n++) await ask(n);
  const item = async (n: number): Promise<ReviewItem> => {
    const found = (await world.reviews.find('acme', jobOf(n))).find(({ kind }) => kind === 'decision');
    if (!found) throw new Error(`expected a question about job ${n}`);
    return found;
  };
  const answer = async (lead: number, clips: Record<number, boolean>, who = 'Ada', to = world.neighbours) =>
    answerTogether(
      await item(lead),
      TogetherBody.parse({ clips: Object.entries(clips).map(([n, approve]) => ({ jobId: jobOf(Number(n)), round: 1, approve })) }),
      who,
      to,
    );
  return { ...world, ask, item, answer, token: (n: number) => world.tokens.answers.get(`token-${n}`) };
}
const resultsOf = (results: readonly { readonly result: string }[]): string[] => results.map(({ result }) => result);

describe('one look at several clips of a campaign', () => {
  it('approves each once, in the name of the person, and wakes every machine', async () => {
    const room = await campaignOf(4);
    expect(resultsOf(await room.answer(0, { 0: true, 1: true, 2: true }))).toEqual(['decided', 'decided', 'decided']);
    for (const n of [0, 1, 2]) {
      expect(await room.item(n)).toMatchObject({
        status: 'approved',
        decision: { reviewer: 'Ada', together: { lead: jobOf(0), of: 3, leftOut: 0 } },
      });
      expect(room.token(n)).toEqual((await room.item(n)).decision);
    }
    expect((await room.item(3)).status).toBe('waiting');
    expect(resultsOf(await room.answer(0, { 0: true, 1: true, 2: true }, 'Grace'))).toEqual(Array(3).fill('already-decided'));
  });

  it('leaves out what the person hesitates about: no rule and no second sheet answers it, a person does', async () => {
    const room = await campaignOf(3);
    expect(resultsOf(await room.answer(0, { 0: true, 1: true, 2: false }))).toEqual(['left-out', 'decided', 'decided']);
    expect(await room.item(2)).toMatchObject({ status: 'waiting', leftOut: { reviewer: 'Ada' } });
    await room.ask(5);
    expect(resultsOf(await room.answer(5, { 5: true, 2: true }, 'Grace'))).toEqual(['refused', 'decided']);

    const loop = { subject: 'preview' as const, template: 'low-risk-loop' as const, message };
    expect(await answerByRule(await room.item(2), loop, room.neighbours)).toBeUndefined();
    const by = await decide(DecideInput.parse({ jobId: jobOf(2), outcome: 'rejected', reviewer: 'Grace', reason: 'cap' }), room.neighbours);
    expect(by.result).toBe('decided');
  });

  it('marks what is left out before it approves: who dies in between has approved nothing', async () => {
    const room = await campaignOf(3);
    const died = { ...room.neighbours, campaigns: { ...room.campaigns, change: () => Promise.reject(new Error('died')) } };
    await expect(room.answer(0, { 0: true, 1: false, 2: true }, 'Ada', died)).rejects.toThrow('died');
    expect((await room.item(1)).leftOut).toMatchObject({ reviewer: 'Ada' });
    expect((await room.item(2)).status).toBe('waiting');
  });

  it('takes nothing of another campaign, look or round, and nothing that has to be seen alone, whatever the caller says', async () => {
    const room = await campaignOf(2);
    await room.ask(2, { briefVerdict: risky });
    await room.ask(3, { job: { ...message.job, jobId: jobOf(3), campaign: 'another' } });
    expect(resultsOf(await room.answer(0, { 0: true, 2: true, 3: true, 7: true }))).toEqual(['decided', 'refused', 'refused', 'refused']);
    expect((await room.item(2)).status).toBe('waiting');
    expect((await room.item(3)).status).toBe('waiting');
    const stale = {
      clips: [
        { jobId: jobOf(1), round: 2, approve: true },
        { jobId: jobOf(0), round: 2, approve: false },
      ],
    };
    expect(resultsOf(await answerTogether(await room.item(1), TogetherBody.parse(stale), 'Ada', room.neighbours))).toEqual([
      'stale',
      'stale',
    ]);
  });

  it('leaves what a colleague holds with them', async () => {
    const room = await campaignOf(3);
    await claim({ jobId: jobOf(1), subject: 'preview', kind: 'decision' }, { name: 'Grace', role: 'reviewer' }, room.neighbours);
    await claim({ jobId: jobOf(2), subject: 'preview', kind: 'decision' }, { name: 'Grace', role: 'reviewer' }, room.neighbours);
    expect(resultsOf(await room.answer(0, { 0: true, 1: true, 2: false }))).toEqual(['claimed', 'decided', 'claimed']);
    expect((await room.item(2)).leftOut).toBeUndefined();
  });

  it('stands for others with a second person, unless something was left out', async () => {
    const room = await campaignOf(7);
    await room.answer(0, { 0: true, 1: true, 2: true });
    expect(await settleSiblings(room.neighbours)).toEqual([]); // one person alone
    room.pass(1);
    await decide(DecideInput.parse({ jobId: jobOf(3), outcome: 'approved', reviewer: 'Grace' }), room.neighbours);
    expect((await settleSiblings(room.neighbours)).map(({ jobId }) => jobId).sort()).toEqual([4, 5, 6].map(jobOf));

    const doubted = await campaignOf(8);
    await doubted.answer(0, { 0: true, 1: true, 2: true, 3: false });
    doubted.pass(1);
    await decide(DecideInput.parse({ jobId: jobOf(4), outcome: 'approved', reviewer: 'Grace' }), doubted.neighbours);
    expect(await settleSiblings(doubted.neighbours)).toEqual([]);
  });
});

it('needs two clips at least, each once', () => {
  const one = { jobId: jobOf(1), round: 1, approve: true };
  expect(TogetherBody.safeParse({ clips: [one] }).success).toBe(false);
  expect(TogetherBody.safeParse({ clips: [one, { ...one, approve: false }] }).success).toBe(false);
});
