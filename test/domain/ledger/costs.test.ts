import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchJobStateChange, BatchParameters } from '#contracts/events';
import { CostFact } from '#contracts/ledger';
import { batchCosts } from '#domain/ledger/batch-cost';
import { costPerRenderedSecond } from '#domain/ledger/cost-per-second';
import { lambdaCost } from '#domain/ledger/lambda-cost';
import { PRICE_LIST, PRICES } from '#domain/ledger/price-list';
import { completed, failed, JOB, started, TENANT } from './news.ts';

const START = Date.parse('2026-11-24T23:59:50.000Z');
const whose = BatchParameters.parse({
  jobId: JOB,
  tenant: TENANT,
  campaign: 'spring',
  visit: 'generate:final',
  component: 'animatic@1.0.0',
  priceClass: 'cpu-spot',
});
const change = (over: Record<string, unknown>) =>
  BatchJobStateChange.parse({
    jobId: 'batch-1',
    jobName: 'generate',
    status: 'SUCCEEDED',
    parameters: {},
    container: {
      resourceRequirements: [
        { type: 'VCPU', value: '2' },
        { type: 'MEMORY', value: '2048' },
      ],
    },
    attempts: [
      { startedAt: START, stoppedAt: START + 10_000, statusReason: 'Essential container in task exited', container: { exitCode: 0 } },
    ],
    ...over,
  });
const attempt = (exitCode: number | undefined, statusReason = 'Essential container in task exited', seconds = 10) => ({
  startedAt: START,
  stoppedAt: START + seconds * 1000,
  statusReason,
  container: exitCode === undefined ? {} : { exitCode },
});
const causes = (over: Record<string, unknown>) => batchCosts(change(over), whose).map(({ cause }) => cause);

describe('a Lambda visit', () => {
  it('costs memory times time plus one request, rounded once', () => {
    const fact = lambdaCost(completed('plan:preview', 1));
    // 512 MB for 120 ms = 0.06 GB-s at 16.6667 = 1.000002, plus 0.2 for the request
    expect(fact).toMatchObject({ costMicroUsd: 1, seconds: 0.12, cause: 'useful', tier: 'preview', stage: 'plan', priceList: PRICE_LIST });
    expect(CostFact.parse(fact)).toEqual(fact);
  });
  it('is paid when it failed, too, and says so', () => {
    expect(lambdaCost(failed('prep', 1))).toMatchObject({ cause: 'failed', costMicroUsd: 1, tier: 'shared' });
  });
  it('is one fact however often it is reported, and another when it is tried again', () => {
    expect(lambdaCost(completed('prep', 1))?.factId).toBe(lambdaCost(completed('prep', 1))?.factId);
    expect(lambdaCost(completed('prep', 1))?.factId).not.toBe(lambdaCost(completed('prep', 2))?.factId);
  });
  it('is not there in events that used nothing', () => {
    expect(lambdaCost(started('prep', 1))).toBeUndefined();
  });
});

describe('a Batch job', () => {
  it('costs its seconds times what it reserved, on the day it stopped', () => {
    const [fact] = batchCosts(change({}), whose);
    expect(fact).toMatchObject({
      seconds: 10,
      costMicroUsd: Math.round(10 * 2 * PRICES['cpu-spot'].microUsd),
      day: '2026-11-25',
      stage: 'generate',
      tier: 'final',
      component: 'animatic@1.0.0',
    });
    expect(CostFact.parse(fact)).toEqual(fact);
  });
  it('on a GPU costs GPU seconds, not vCPU seconds', () => {
    const gpu = change({
      container: {
        resourceRequirements: [
          { type: 'VCPU', value: '4' },
          { type: 'GPU', value: '1' },
        ],
      },
    });
    expect(batchCosts(gpu, { ...whose, priceClass: 'gpu-spot' })[0]?.costMicroUsd).toBe(Math.round((10 * 418_000) / 3600));
  });
  it('refuses to charge nothing for a job that does not say what it reserved', () => {
    expect(() => batchCosts(change({ container: undefined }), whose)).toThrow(/expected a VCPU requirement above 0, found undefined/);
  });
  it('charges every attempt: the reclaimed one and the one that finished', () => {
    expect(causes({ attempts: [attempt(undefined, 'Host EC2 (instance i-0abc) terminated.'), attempt(0)] })).toEqual([
      'reclaimed',
      'useful',
    ]);
  });
  it('knows a worker that checkpointed and left by its exit code', () => {
    expect(causes({ attempts: [attempt(75), attempt(0)] })).toEqual(['reclaimed', 'useful']);
  });
  it('calls an attempt canceled when the job was stopped, even when the worker checkpointed first', () => {
    expect(causes({ status: 'FAILED', isTerminated: true, attempts: [attempt(1), attempt(75, 'execution stopped')] })).toEqual([
      'failed',
      'canceled',
    ]);
  });
  it('calls an attempt failed when the work failed', () => {
    expect(causes({ status: 'FAILED', attempts: [attempt(70), attempt(137)] })).toEqual(['failed', 'failed']);
  });
  it('charges children of an array and not their parent', () => {
    expect(causes({ arrayProperties: { size: 5 } })).toEqual([]);
    expect(causes({ arrayProperties: { index: 3 } })).toEqual(['useful']);
  });
  it('charges nothing while it runs, nor attempts that never started', () => {
    expect(causes({ status: 'RUNNING' })).toEqual([]);
    expect(causes({ status: 'FAILED', attempts: [{ stoppedAt: START, container: {} }] })).toEqual([]);
  });
  it('charges an attempt as soon as the job is back in the queue, as the same fact that the end of the job tells again', () => {
    const early = batchCosts(change({ status: 'RUNNABLE', attempts: [attempt(75)] }), whose);
    const late = batchCosts(change({ attempts: [attempt(75), attempt(0)] }), whose);
    expect(early).toEqual([late[0]]);
  });
  it('gives each attempt its own fact', () => {
    const facts = batchCosts(change({ attempts: [attempt(75), attempt(75), attempt(0)] }), whose);
    expect(new Set(facts.map(({ factId }) => factId)).size).toBe(3);
  });
});

describe('cost per rendered second', () => {
  it('is null while nothing is published', () => {
    expect(costPerRenderedSecond(100, 0)).toBeNull();
  });
  it('times the seconds is the cost, within half a micro-dollar a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 2400 }), (cost, seconds) => {
        expect(Math.abs((costPerRenderedSecond(cost, seconds) ?? Number.NaN) * seconds - cost)).toBeLessThanOrEqual(seconds / 2);
      }),
    );
  });
});

describe('the price list', () => {
  it('names source and day of every price, and lists none at or below zero', () => {
    for (const { microUsd, source, read } of Object.values(PRICES)) {
      expect(microUsd).toBeGreaterThan(0);
      expect(source.length).toBeGreaterThan(10);
      expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
  it('asks less for spot than for on demand', () => {
    expect(PRICES['gpu-spot'].microUsd).toBeLessThan(PRICES['gpu-on-demand'].microUsd);
  });
});
