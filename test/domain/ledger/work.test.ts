import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttemptWork, BatchJobStateChange, BatchParameters, type LifecycleEvent } from '#contracts/events';
import { CostFact } from '#contracts/ledger';
import { batchCosts } from '#domain/ledger/batch-cost';
import { costByWork } from '#domain/ledger/cost-by-work';
import { JOB, progressed, sentBack, TENANT } from './news.ts';

const START = Date.parse('2026-11-24T10:00:00.000Z');
const whose = BatchParameters.parse({
  jobId: JOB,
  tenant: TENANT,
  campaign: 'spring',
  visit: 'generate:final',
  component: 'animatic@1.0.0',
  priceClass: 'gpu-spot',
});
const HOST_GONE = { statusReason: 'Host EC2 (instance i-0abc) terminated.', container: {} };
const exited = (exitCode: number) => ({ statusReason: 'Essential container in task exited', container: { exitCode } });

/** A job whose attempts took so many milliseconds and ended so, one after another. */
const job = (attempts: readonly (readonly [ms: number, end: object])[], over: object = {}): BatchJobStateChange =>
  BatchJobStateChange.parse({
    jobId: 'batch-1',
    jobName: 'generate',
    status: 'SUCCEEDED',
    container: { resourceRequirements: [{ type: 'GPU', value: '1' }] },
    attempts: attempts.map(([ms, end]) => ({ startedAt: START, stoppedAt: START + ms, ...end })),
    ...over,
  });
const says = (attempt: number, usefulMs: number, repeatedMs: number, batchJobId = 'batch-1'): LifecycleEvent => {
  const work: AttemptWork = { batchJobId, attempt, usefulMs, repeatedMs };
  const event = progressed('generate:final', 0, 1, 50, 10);
  return event.type === 'stage.progressed' ? { ...event, work } : event;
};
const sums = (facts: readonly CostFact[]) => Object.fromEntries(costByWork(facts).map(({ name, seconds }) => [name, seconds]));
const total = (facts: readonly CostFact[]) => ({
  ms: facts.reduce((sum, { seconds }) => sum + Math.round(seconds * 1_000), 0),
  microUsd: facts.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0),
});

const reclaimedThenFinished = job([
  [30_000, HOST_GONE],
  [50_000, exited(0)],
]);
const told = [says(1, 20_000, 0), says(2, 38_000, 6_000)];

describe("a job's work", () => {
  it('is useful up to the last commit, lost after it when the machine goes, and repeated where the next attempt starts again', () => {
    const facts = batchCosts(reclaimedThenFinished, whose, { events: told, facts: [] });
    expect(sums(facts)).toEqual({ useful: 20 + 44, reclaimed: 10, repeated: 6 });
    for (const fact of facts) expect(CostFact.parse(fact)).toEqual(fact);
  });

  it('adds up to what its attempts cost, to the micro-dollar and the millisecond, whatever workers say', () => {
    const end = fc.constantFrom(HOST_GONE, exited(0), exited(70), exited(75));
    const attempts = fc.array(fc.tuple(fc.integer({ min: 0, max: 4_000_000 }), end), { minLength: 1, maxLength: 5 });
    const words = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(5_000_000), fc.nat(5_000_000)), { maxLength: 8 });
    fc.assert(
      fc.property(attempts, words, (ends, spoken) => {
        const whole = total(batchCosts(job(ends), whose));
        const events = spoken.map(([attempt, useful, repeated]) => says(attempt, useful, repeated));
        const facts = batchCosts(job(ends), whose, { events, facts: [] });
        expect(total(facts)).toEqual(whole);
        expect(facts.every(({ seconds, costMicroUsd }) => seconds >= 0 && costMicroUsd >= 0)).toBe(true);
        expect(new Set(facts.map(({ factId }) => factId)).size).toBe(facts.length);
      }),
    );
  });

  it('is charged once, however often and in whatever state of knowledge it is told', () => {
    const knowledge = fc.subarray(told, { minLength: 0 });
    const charged = fc.nat(5); // the ledger dies after so many writes of one telling
    fc.assert(
      fc.property(fc.array(fc.tuple(knowledge, charged), { minLength: 1, maxLength: 4 }), (tellings) => {
        const standing = new Map<string, CostFact>();
        for (const [events, writes] of [...tellings, [told, 99] as const]) {
          const facts = batchCosts(reclaimedThenFinished, whose, { events, facts: [...standing.values()] });
          for (const fact of facts.slice(0, writes)) if (!standing.has(fact.factId)) standing.set(fact.factId, fact);
        }
        expect(total([...standing.values()])).toEqual(total(batchCosts(reclaimedThenFinished, whose)));
      }),
    );
  });

  it('is wholly lost in an attempt that said nothing before it was killed', () => {
    expect(sums(batchCosts(job([[30_000, HOST_GONE]], { status: 'RUNNABLE' }), whose, { events: [], facts: [] }))).toEqual({
      reclaimed: 30,
    });
  });

  it('is told by the last word about the attempt, whatever came in between, and by nobody else', () => {
    const events = [says(1, 20_000, 0), says(1, 5_000, 0), says(1, 29_000, 0, 'batch-2'), says(2, 25_000, 0)];
    expect(sums(batchCosts(job([[30_000, HOST_GONE]]), whose, { events, facts: [] }))).toEqual({ useful: 20, reclaimed: 10 });
  });

  it('of a canceled job is canceled: nobody uses the windows it committed', () => {
    const canceled = job([[30_000, exited(75)]], { status: 'FAILED', isTerminated: true });
    expect(sums(batchCosts(canceled, whose, { events: told, facts: [] }))).toEqual({ canceled: 30 });
  });

  it('of an attempt that failed after a commit is useful up to there: the next attempt finds that window', () => {
    const failed = job([
      [30_000, exited(70)],
      [50_000, exited(0)],
    ]);
    expect(sums(batchCosts(failed, whose, { events: told, facts: [] }))).toEqual({ useful: 64, repeated: 6, failed: 10 });
  });
});

describe('work on a shot that a reviewer sent back', () => {
  /** One shot of an array job in one take, as Batch reports it. */
  const shot = (tier: 'preview' | 'final', take: number, index: number, ms: number): CostFact[] => {
    const child = job([[ms, exited(0)]], { jobId: `batch-${tier}-${take}:${index}`, arrayProperties: { index } });
    return batchCosts(child, { ...whose, visit: `generate:${tier}`, take });
  };

  it('is reworked up to the take that replaced it; the other shots, the new take and the other tier stay useful', () => {
    const facts = [
      ...shot('preview', 1, 0, 1_000),
      ...shot('preview', 1, 1, 2_000),
      ...shot('preview', 2, 0, 100),
      ...shot('preview', 2, 1, 4_000),
      ...shot('final', 2, 1, 8_000),
    ];
    const events = [sentBack('preview', [1], 20)];
    expect(costByWork(facts, events).map(({ name, seconds }) => [name, seconds])).toEqual([
      ['useful', 1 + 0.1 + 4 + 8],
      ['reworked', 2],
    ]);
    for (const fact of facts) expect(CostFact.parse(fact)).toEqual(fact);
  });

  it('adds up with all other work to the total, whatever is sent back and however often that is told', () => {
    const any = fc.array(
      fc
        .record({
          tier: fc.constantFrom('preview' as const, 'final' as const),
          take: fc.integer({ min: 1, max: 4 }),
          index: fc.integer({ min: 0, max: 3 }),
          ms: fc.nat(100_000),
        })
        .map(({ tier, take, index, ms }) => shot(tier, take, index, ms)),
      { maxLength: 12 },
    );
    const decisions = fc.array(
      fc
        .record({
          subject: fc.constantFrom('preview' as const, 'final' as const),
          shots: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
          take: fc.integer({ min: 1, max: 4 }),
        })
        .map(({ subject, shots, take }) => sentBack(subject, shots, 20, take)),
    );
    fc.assert(
      fc.property(any, decisions, (lists, events) => {
        const facts = lists.flat();
        const work = costByWork(facts, [...events, ...events]);
        expect(work.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)).toBe(total(facts).microUsd);
        expect(work.reduce((sum, { seconds }) => sum + Math.round(seconds * 1_000), 0)).toBe(total(facts).ms);
        expect(costByWork(facts, events)).toEqual(work);
      }),
    );
  });
});
