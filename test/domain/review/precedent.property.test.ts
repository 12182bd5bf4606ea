import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecideInput, type ReviewItem } from '#contracts/review';
import { requestDecision } from '#domain/review/ask';
import { auditShareOf } from '#domain/review/audit-share';
import { NOTHING_SAID, remembered } from '#domain/review/campaign';
import { decide, type ReviewNeighbours } from '#domain/review/decide';
import { lookOf } from '#domain/review/look';
import { claim } from '#domain/review/room';
import { blank } from '#domain/review/rule-record';
import { settleSiblings } from '#domain/review/siblings';
import { settleWaiting } from '#lambdas/review/settle-siblings';
import { of, previewRequest, reviewWorld } from './world.ts';

const jobOf = (n: number) => `acme_${n.toString(16).padStart(24, '0')}`;
const rule = 'rule:campaign-precedent';
const { message } = previewRequest;
/** A hint of a category of high risk, though every check allowed the brief. */
const risky = {
  ...message.briefVerdict,
  reasons: [{ category: 'minors' as const, voter: 'rules@1', score: 0.1, evidence: 'a hint' }],
};

function campaign() {
  const world = reviewWorld();
  const requestFor = (n: number, isRisky = false) => ({
    ...previewRequest,
    taskToken: `token-${n}`,
    message: { ...message, job: { ...message.job, jobId: jobOf(n) }, ...(isRisky && { briefVerdict: risky }) },
  });
  const ask = (n: number, isRisky = false, to: ReviewNeighbours = world.neighbours) => {
    world.tokens.wait(`token-${n}`);
    return requestDecision(requestFor(n, isRisky), of('product-hero'), to);
  };
  const answer = (
    n: number,
    reviewer: string,
    outcome: 'approved' | 'rejected' | 'rework' = 'approved',
    to: ReviewNeighbours = world.neighbours,
  ) => decide(DecideInput.parse({ jobId: jobOf(n), outcome, reviewer, notes: [{ shot: 0, at: 0.5, text: 'cap' }] }), to);
  const item = async (n: number): Promise<ReviewItem | undefined> =>
    (await world.reviews.find('acme', jobOf(n))).find(({ kind }) => kind === 'decision');
  return { world, ask, answer, item, token: (n: number) => world.tokens.answers.get(`token-${n}`) };
}

async function completed() {
  const room = campaign();
  for (const n of [0, 1, 2, 3, 4]) await room.ask(n);
  for (const [n, who] of [
    [0, 'Ada'],
    [1, 'Grace'],
    [2, 'Ada'],
  ] as const) {
    room.world.pass(1);
    await room.answer(n, who);
  }
  room.world.pass(1);
  return room;
}

it('settles what waits unclaimed once three are approved, names them, and leaves what somebody is at', async () => {
  const { world, item, token } = await completed();
  await claim({ jobId: jobOf(4), subject: 'preview', kind: 'decision' }, { name: 'Alan', role: 'reviewer' }, world.neighbours);
  expect((await settleSiblings(world.neighbours)).map(({ jobId }) => jobId)).toEqual([jobOf(3)]);
  expect(await item(3)).toMatchObject({
    status: 'approved',
    decision: { reviewer: rule, evidence: { auditShare: 0.05, precedents: [0, 1, 2].map((n) => ({ jobId: jobOf(n) })) } },
  });
  expect(token(3)).toEqual((await item(3))?.decision);
  expect(await item(4)).toMatchObject({ status: 'waiting', claim: { reviewer: 'Alan' } });
  expect(await settleSiblings(world.neighbours)).toEqual([]);
  world.pass(16 * 60); // the claim ends by itself
  expect((await settleSiblings(world.neighbours)).map(({ jobId }) => jobId)).toEqual([jobOf(4)]);
});

it('settles through the door when a person approved, and for every campaign with the clock', async () => {
  const { world, item } = await completed();
  const settle = settleWaiting(() => world.neighbours);
  const event = (source: string, detail: unknown) => ({ source, 'detail-type': 'review.decided', time: '2026-11-24T08:31:00Z', detail });
  const told = world.told().findLast(({ type }) => type === 'review.decided');
  expect(await settle(event('framewright', told))).toEqual({ settled: 2 });
  const byRule = world.told().findLast(({ type }) => type === 'review.decided');
  expect(await settle(event('framewright', byRule))).toEqual({ settled: 0 });
  expect(await settle(event('aws.events', {}))).toEqual({ settled: 0 });
  expect((await item(3))?.decision?.reviewer).toBe(rule);
});

it('approves the next one as it comes, not one of another look, and not what one person alone approved', async () => {
  const { world, ask } = await completed();
  expect((await ask(5)).decision?.reviewer).toBe(rule);
  const other = { ...of('product-hero'), brand: { ...of('product-hero').brand, palette: ['#123456'] } };
  const request = { ...previewRequest, message: { ...message, job: { ...message.job, jobId: jobOf(6) } } };
  expect((await requestDecision(request, other, world.neighbours)).status).toBe('waiting');

  const alone = campaign();
  for (const n of [0, 1, 2]) {
    await alone.ask(n);
    await alone.answer(n, n === 1 ? 'ada ' : 'Ada');
  }
  expect((await alone.ask(3)).status).toBe('waiting');
});

it.each(['rejected', 'rework'] as const)(
  'ends when one of the campaign is %s, even if the caller died before it was settled',
  async (outcome) => {
    const { world, ask, answer } = await completed();
    const died = { ...world.neighbours, reviews: { ...world.reviews, change: () => Promise.reject(new Error('died')) } };
    await expect(answer(3, 'Grace', outcome, died)).rejects.toThrow('died');
    expect(await settleSiblings(world.neighbours)).toEqual([]);
    await answer(3, 'Grace', outcome);
    expect((await ask(5)).status).toBe('waiting');
    expect(await settleSiblings(world.neighbours)).toEqual([]);
  },
);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('ask' as const), n: fc.nat(9) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      n: fc.nat(9),
      who: fc.constantFrom('Ada', 'Grace', 'Alan'),
      outcome: fc.constantFrom(
        'approved' as const,
        'approved' as const,
        'approved' as const,
        'approved' as const,
        'rejected' as const,
        'rework' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('claim' as const), n: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('sweep' as const) }) },
);

it('whatever people do and wherever callers die: rests on three approvals by two people with no refusal since, never for high risk, never what is claimed, and once', async () => {
  let settledByRule = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined, freq: 4 })), { minLength: 10, maxLength: 40 }),
      async (steps) => {
        const { world, ask, answer, item, token } = campaign();
        const isRisky = (n: number) => n === 9;
        const all = Array.from({ length: 10 }, (_, n) => n);
        for (const n of all) await ask(n, isRisky(n));
        const dying = (diesAt: number | undefined): ReviewNeighbours => {
          let effects = 0;
          const guard =
            <A extends unknown[], R>(run: (...given: A) => Promise<R>) =>
            (...given: A): Promise<R> =>
              ++effects === diesAt ? Promise.reject(new Error('died')) : run(...given);
          const { reviews, campaigns, tokens, rules, publisher } = world;
          return {
            ...world.neighbours,
            reviews: { ...reviews, change: guard(reviews.change) },
            campaigns: { of: guard(campaigns.of), change: guard(campaigns.change) },
            rules: { ...rules, count: guard(rules.count) },
            tokens: { succeed: guard(tokens.succeed) },
            publisher: { publish: guard(publisher.publish) },
          };
        };
        for (const [one, diesAt] of steps) {
          world.pass(1);
          const claims = new Map(await Promise.all(all.map(async (n) => [n, (await item(n))?.claim?.reviewer] as const)));
          const before = new Map(await Promise.all(all.map(async (n) => [n, (await item(n))?.status] as const)));
          const to = dying(diesAt);
          const run = async () => {
            if (one.does === 'ask' && before.get(one.n) === 'waiting') await ask(one.n, isRisky(one.n), to);
            if (one.does === 'answer') await answer(one.n, one.who, one.outcome, to);
            if (one.does === 'claim')
              await claim({ jobId: jobOf(one.n), subject: 'preview', kind: 'decision' }, { name: 'Alan', role: 'reviewer' }, to);
            if (one.does === 'sweep') await settleSiblings(to);
          };
          await run().catch(() => undefined);
          for (const n of all) {
            const now = await item(n);
            if (before.get(n) === 'waiting' && now?.decision?.reviewer === rule) expect(claims.get(n)).toBeUndefined();
          }
        }
        world.pass(1);
        for (const n of all) await answer(n, 'Alan'); // whoever calls again heals what died

        const decisions = await Promise.all(all.map(async (n) => ({ n, decision: (await item(n))?.decision })));
        const refusals = decisions.flatMap(({ decision }) => (decision && decision.outcome !== 'approved' ? [decision.decidedAt] : []));
        const ofRule = decisions.filter(({ decision }) => decision?.reviewer === rule);
        for (const { n, decision } of ofRule) {
          settledByRule += 1;
          expect(isRisky(n)).toBe(false);
          expect(token(n)).toEqual(decision);
          const precedents = decision?.evidence?.precedents ?? [];
          expect(precedents.length).toBeGreaterThanOrEqual(3);
          expect(new Set(precedents.map(({ reviewer }) => reviewer)).size).toBeGreaterThanOrEqual(2);
          for (const { jobId, reviewer, decidedAt } of precedents) {
            const standing = decisions.find((one) => jobOf(one.n) === jobId)?.decision;
            expect(standing).toMatchObject({ outcome: 'approved', reviewer, decidedAt });
            expect(refusals.filter((at) => at >= decidedAt && at <= (decision?.decidedAt ?? ''))).toEqual([]);
          }
        }
        expect((await world.rules.all()).find(({ name }) => `rule:${name}` === rule)?.approved ?? 0).toBe(ofRule.length);
      },
    ),
    { numRuns: 150 },
  );
  expect(settledByRule).toBeGreaterThan(50); // the rule was really at work
});

it('comes to the same in whatever order decisions are told, and however often', () => {
  const decision = fc.record({
    n: fc.nat(4),
    outcome: fc.constantFrom('approved' as const, 'approved' as const, 'rejected' as const),
    second: fc.nat(50),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(decision, { selector: ({ second }) => second, maxLength: 5 }),
      fc.infiniteStream(fc.nat()),
      (all, chance) => {
        const once = all.filter((one, index) => all.findIndex(({ n }) => n === one.n) === index);
        const tell = (told: typeof once) =>
          told.reduce((record, { n, outcome, second }) => {
            const which = { jobId: jobOf(n), subject: 'preview' as const, kind: 'decision' as const, look: 'a'.repeat(64) };
            const decidedAt = new Date(Date.parse('2026-11-24T08:00:00.000Z') + second * 1000).toISOString();
            return remembered(record, which, { outcome, reviewer: 'Ada', decidedAt }) ?? record;
          }, NOTHING_SAID);
        const shuffled = [...once, ...once].map((one) => ({ one, at: chance.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        expect(tell(shuffled.map(({ one }) => one))).toEqual(tell(once));
      },
    ),
  );
});

describe('a look', () => {
  const brief = of('product-hero');
  const named = (name: string, words = `${name} on oak`) => ({
    ...brief,
    product: { ...brief.product, name },
    storyboard: brief.storyboard.map((shot) => ({ ...shot, description: words })),
  });
  const look = (one = brief, more: Partial<typeof message> = {}) => lookOf(one, { ...message, ...more });

  it('is the same for another product, and another one for other words, another logo, or a newer model', () => {
    expect(look(named('Mug'))).toBe(look(named('Tea Pot')));
    expect(look(named('Mug'))).not.toBe(look(named('Mug', 'Mug on steel')));
    expect(look(named('Mug', 'Mugs on oak'))).not.toBe(look(named('Tea Pot', 'Tea Pots on oak')));
    const { logo } = message.prep;
    expect(
      look(brief, { prep: { ...message.prep, ...(logo && { logo: { ...logo, ref: { ...logo.ref, sha256: '0'.repeat(64) } } }) } }),
    ).not.toBe(look());
    const { preview } = message;
    const newer = preview && { ...preview, plan: { ...preview.plan, component: { ...preview.plan.component, version: '9.0.0' } } };
    expect(look(brief, newer && { preview: newer })).not.toBe(look());
  });

  it('reads a name that is a sentence as it stands, and is none of what was sent back', () => {
    const [one, other] = ['a cup that somebody holds high above the sea', 'a cup that somebody drops into the deep blue sea'];
    expect(look(named(one))).not.toBe(look(named(other)));
    expect(look(brief, { rework: { take: 2, shots: [{ shot: 0, take: 2 }] } })).toBeUndefined();
  });
});

it('asks no more about a doubt of the brief that a person approved, and about any other', async () => {
  const doubt = (evidence: string) => ({
    ...message.briefVerdict,
    verdict: 'review' as const,
    reasons: [{ category: 'brand-ip' as const, voter: 'rules@1', score: 0.7, evidence }],
  });
  for (const [found, reviewer] of [
    ['a mark', 'rule:settled-brief-loop'],
    ['another mark', undefined],
  ] as const) {
    const { world, answer } = campaign();
    const { preview: _, ...unrendered } = message;
    const job = { ...message.job, jobId: jobOf(1) };
    const asked = {
      ...previewRequest,
      taskToken: 'brief',
      subject: 'brief' as const,
      message: { ...unrendered, job, briefVerdict: doubt('a mark') },
    };
    world.tokens.wait('brief');
    await requestDecision(asked, of('low-risk-loop'), world.neighbours);
    await answer(1, 'Ada');
    const item = await requestDecision(
      { ...previewRequest, message: { ...message, job, briefVerdict: doubt(found) } },
      of('low-risk-loop'),
      world.neighbours,
    );
    expect(item.decision?.reviewer).toBe(reviewer);
  }
});

it('audits a rule less the longer people agree with it, between 5 and 2 %, and all of it again after a miss', () => {
  const share = (agreedInARow: number) => auditShareOf({ auditShare: 0.05 }, { ...blank('r'), agreedInARow });
  expect([0, 92, 93, 124, 125, 188, 189, 10_000].map(share)).toEqual([0.05, 0.05, 0.04, 0.04, 0.03, 0.03, 0.02, 0.02]);
});
