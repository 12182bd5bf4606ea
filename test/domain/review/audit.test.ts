import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecideInput } from '#contracts/review';
import { requestDecision } from '#domain/review/ask';
import { isSampled } from '#domain/review/audit';
import { AUDIT_SHARE } from '#domain/review/audit-share';
import { AUTO_APPROVAL_RULES, type AutoApprovalRule } from '#domain/review/auto-approval';
import { decide } from '#domain/review/decide';
import { changeRule, ruleStandings } from '#domain/review/rules';
import { interval } from '#domain/review/wilson';
import { of, previewRequest, reviewWorld } from './world.ts';

const rule: AutoApprovalRule = AUTO_APPROVAL_RULES[0] ?? expect.fail('expected a rule');
const jobOf = (n: number) => `acme_${n.toString(16).padStart(24, '0')}`;
const sampledJob = (n = 0): string => (isSampled({ jobId: jobOf(n), subject: 'preview', round: 1 }, rule) ? jobOf(n) : sampledJob(n + 1));
const requestFor = (jobId: string, taskToken = previewRequest.taskToken) => {
  const { message } = previewRequest;
  return { ...previewRequest, taskToken, message: { ...message, job: { ...message.job, jobId } } };
};
const audit = (jobId: string, outcome: 'approved' | 'rejected', reviewer = 'Ada') =>
  DecideInput.parse({ jobId, kind: 'audit', outcome, reviewer, reason: outcome === 'rejected' ? 'the bottle floats' : '' });

describe('the sample', () => {
  it('has every rule look at no less and no more of its approvals than was agreed', () => {
    for (const { auditShare } of AUTO_APPROVAL_RULES) {
      expect(auditShare).toBeGreaterThanOrEqual(AUDIT_SHARE.least);
      expect(auditShare).toBeLessThanOrEqual(AUDIT_SHARE.most);
    }
  });

  it('is of the size the rule says', () => {
    const drawn = Array.from({ length: 20_000 }, (_, n) => isSampled({ jobId: jobOf(n), subject: 'preview', round: 1 }, rule));
    // Five standard deviations of 20,000 draws at 5 % are 0.0077.
    expect(Math.abs(drawn.filter(Boolean).length / drawn.length - rule.auditShare)).toBeLessThan(0.0077);
  });

  it('is the same however often it is drawn, and another one for another version of the rule', () => {
    const which = fc.record({
      jobId: fc.nat().map(jobOf),
      subject: fc.constant('preview' as const),
      round: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(fc.property(which, (one) => isSampled({ ...one }, rule) === isSampled(one, rule)));
    const other = { ...rule, version: rule.version + 1 };
    const differ = Array.from({ length: 2_000 }, (_, n) => ({ jobId: jobOf(n), subject: 'preview' as const, round: 1 })).filter(
      (one) => isSampled(one, rule) !== isSampled(one, other),
    );
    expect(differ.length).toBeGreaterThan(0);
  });
});

async function sampled() {
  const jobId = sampledJob();
  const request = requestFor(jobId);
  const world = reviewWorld(request);
  await requestDecision(request, of('low-risk-loop'), world.neighbours);
  return { world, jobId, request };
}

it('puts a sampled approval before a person while the machine goes on', async () => {
  const { world, jobId } = await sampled();
  expect(world.answer()).toMatchObject({ outcome: 'approved', reviewer: 'rule:low-risk-loop' });
  expect(await world.reviews.waiting()).toMatchObject([
    { jobId, kind: 'audit', rule: 'low-risk-loop', status: 'waiting', deadlineAt: '2026-11-27T08:31:00.000Z' },
  ]);
  expect((await world.reviews.waiting())[0]?.dossier).toBeDefined();
  expect(world.told().map(({ type }) => type)).toEqual(['review.requested', 'review.sampled', 'review.decided']);
  expect(await world.rules.all()).toEqual([{ name: 'low-risk-loop', approved: 1, sampled: 1, audited: 0, misses: 0, agreedInARow: 0 }]);
});

it('counts and samples once, however often the state is retried and wherever it dies', async () => {
  for (const dead of ['count', 'succeed', 'publish', 'change'] as const) {
    const request = requestFor(sampledJob());
    const world = reviewWorld(request);
    const dies = () => Promise.reject(new Error('died'));
    let changes = 0;
    const broken = {
      ...world.neighbours,
      ...(dead === 'count' && { rules: { ...world.rules, count: dies } }),
      ...(dead === 'succeed' && { tokens: { succeed: dies } }),
      ...(dead === 'publish' && { publisher: { publish: dies } }),
      ...(dead === 'change' && {
        reviews: {
          ...world.reviews,
          change: (...given: Parameters<typeof world.reviews.change>) => (++changes === 3 ? dies() : world.reviews.change(...given)),
        },
      }),
    };
    await expect(requestDecision(request, of('low-risk-loop'), broken)).rejects.toThrow('died');
    for (const taskToken of [request.taskToken, 'retry'])
      await requestDecision({ ...request, taskToken }, of('low-risk-loop'), world.neighbours);
    expect(await world.rules.all()).toMatchObject([{ approved: 1, sampled: 1 }]);
    expect((await world.reviews.waiting()).map(({ kind }) => kind)).toEqual(['audit']);
    expect(world.answer()).toMatchObject({ reviewer: 'rule:low-risk-loop' });
  }
});

it('goes on trusting a rule that an audit agrees with', async () => {
  const { world, jobId } = await sampled();
  expect(await decide(audit(jobId, 'approved'), world.neighbours)).toMatchObject({ result: 'decided', item: { kind: 'audit' } });
  expect(await ruleStandings(world)).toMatchObject([
    { audited: 1, misses: 0, falseApproveRate: 0, falseApproveInterval: [0, expect.any(Number)] },
    { name: 'settled-brief-loop', audited: 0 },
    { name: 'campaign-precedent', audited: 0 },
  ]);
  expect(world.told().at(-1)).toMatchObject({ type: 'review.audited', agreed: true, rule: 'low-risk-loop' });
});

it('suspends a rule at the first miss: the next preview waits for a person, until somebody resumes it with a reason', async () => {
  const { world, jobId } = await sampled();
  await decide(audit(jobId, 'rejected'), world.neighbours);
  expect(world.told().slice(-2)).toMatchObject([
    { type: 'review.audited', agreed: false, reason: 'the bottle floats' },
    { type: 'rule.suspended', rule: 'low-risk-loop' },
  ]);
  const [standing] = await ruleStandings(world);
  expect(standing).toMatchObject({
    misses: 1,
    falseApproveRate: 1,
    suspended: { by: 'Ada', reason: expect.stringContaining('the bottle floats') },
  });

  const next = (n: number) => requestDecision(requestFor(jobOf(n), `token-${n}`), of('low-risk-loop'), world.neighbours);
  expect((await next(1_000_001)).status).toBe('waiting');
  world.pass(60);
  const resumed = await changeRule(
    'low-risk-loop',
    { action: 'resume', reason: 'the cutout was mended' },
    { name: 'Linus' },
    world.neighbours,
  );
  expect(resumed).not.toHaveProperty('suspended');
  expect((await next(1_000_002)).status).toBe('approved');
  await decide(audit(jobId, 'rejected', 'Grace'), world.neighbours); // the standing answer, told again
  expect((await ruleStandings(world))[0]).not.toHaveProperty('suspended');
  expect((await ruleStandings(world))[0]).toMatchObject({ audited: 1, misses: 1 });
});

it('suspends by hand, and knows no rule that is not there', async () => {
  const world = reviewWorld();
  const body = { action: 'suspend' as const, reason: 'a new template' };
  expect(await changeRule('low-risk-loop', body, { name: 'Linus' }, world.neighbours)).toMatchObject({
    suspended: { by: 'Linus', reason: 'a new template' },
  });
  expect(await changeRule('another', body, { name: 'Linus' }, world.neighbours)).toBeUndefined();
});

it('lets nobody speak in the name of a rule', async () => {
  const { world, jobId } = await sampled();
  expect(await decide(audit(jobId, 'approved', 'rule:low-risk-loop'), world.neighbours)).toMatchObject({ result: 'refused' });
  expect(await world.rules.all()).toMatchObject([{ audited: 0 }]);
});

describe('the false-approve rate', () => {
  it('comes with Wilson intervals: the textbook example, and none missed is not "never misses"', () => {
    const [low, high] = interval(1, 10);
    expect([low, high].map((share) => share.toFixed(4))).toEqual(['0.0179', '0.4042']);
    expect(interval(0, 30)[0]).toBe(0);
    expect(interval(0, 30)[1]).toBeCloseTo(0.1135, 4);
  });

  it('always holds the rate between two shares', () => {
    const audits = fc.integer({ min: 1, max: 500 }).chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(audits, ([hits, of]) => {
        const [low, high] = interval(hits, of);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / of);
        expect(high).toBeGreaterThanOrEqual(hits / of);
      }),
    );
  });
});
