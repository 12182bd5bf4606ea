import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMemoryCostArchive } from '#adapters/memory/cost-archive';
import { openMemoryLedgerStore } from '#adapters/memory/ledger-store';
import type { LifecycleEvent } from '#contracts/events';
import { AnsweredQuestion, CostFact, StoppedJob } from '#contracts/ledger';
import { recordEvents } from '#lambdas/ledger/record-events';
import {
  accepted,
  at,
  completed,
  concluded,
  disturbed,
  happyLife,
  JOB,
  progressed,
  reworkedLife,
  sentBack,
  TENANT,
} from '../../domain/ledger/news.ts';

const ours = (event: LifecycleEvent) => ({ source: 'framewright', 'detail-type': event.type, time: event.at, detail: event });
const batch = (over: Record<string, unknown> = {}) => ({
  source: 'aws.batch',
  'detail-type': 'Batch Job State Change',
  time: at(50),
  detail: {
    jobId: 'batch-1',
    jobName: 'generate',
    status: 'SUCCEEDED',
    parameters: {
      jobId: JOB,
      tenant: TENANT,
      campaign: 'spring',
      visit: 'generate:final',
      component: 'animatic@1.0.0',
      priceClass: 'cpu-spot',
    },
    container: { resourceRequirements: [{ type: 'VCPU', value: '1' }] },
    attempts: [{ startedAt: Date.parse(at(0)), stoppedAt: Date.parse(at(10)), container: { exitCode: 0 } }],
    ...over,
  },
});
const stopped = (name: string, status: string) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  time: at(60),
  detail: { executionArn: 'arn:x', stateMachineArn: 'arn:y', name, status, stopDate: Date.parse(at(60)), cause: 'canceled by ada' },
});

const open = () => {
  const ledger = openMemoryLedgerStore();
  const archive = openMemoryCostArchive();
  const handler = recordEvents(() => ({ ledger, archive }));
  const send = (...envelopes: unknown[]) =>
    handler(
      {
        Records: envelopes.map((body, index) => ({
          messageId: `m${index}`,
          receiptHandle: '',
          body: typeof body === 'string' ? body : JSON.stringify(body),
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: '', ApproximateFirstReceiveTimestamp: '0' },
          messageAttributes: {},
          md5OfBody: '',
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:ledger',
          awsRegion: 'us-east-1',
        })),
      },
      context,
    );
  return { ledger, archive, send };
};
const context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'record-events',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:record-events',
  memoryLimitInMB: '256',
  awsRequestId: 'request',
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 1000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
const facts = (objects: Map<string, string>) =>
  [...objects].filter(([key]) => key.startsWith('facts/cost/')).map(([, line]) => CostFact.parse(JSON.parse(line)));
const sum = (list: readonly CostFact[]) => list.reduce((total, { costMicroUsd }) => total + costMicroUsd, 0);

describe('recording', () => {
  it('gives the same row, total and archive for any order and any copies of what happened', async () => {
    const everything = [...happyLife.map(ours), batch(), batch({ jobId: 'batch-2', arrayProperties: { size: 2 } })];
    const undisturbed = open();
    await undisturbed.send(...everything);
    const expected = await undisturbed.ledger.job(TENANT, JOB);
    expect(expected).toMatchObject({ status: 'published', renderedSeconds: 15 });

    await fc.assert(
      fc.asyncProperty(disturbed(everything), async (list) => {
        const { ledger, archive, send } = open();
        expect(await send(...list)).toEqual({ batchItemFailures: [] });
        const row = await ledger.job(TENANT, JOB);
        expect(row).toEqual(expected);
        expect(sum(facts(archive.objects))).toBe(row?.costMicroUsd);
        expect(sum(await ledger.costs(TENANT, JOB))).toBe(row?.costMicroUsd);
        expect(archive.objects).toEqual(undisturbed.archive.objects);
      }),
      { numRuns: 50 },
    );
  });

  it('archives one line for a published clip, with the campaign even when that came late', async () => {
    const { archive, send } = open();
    await send(...[...happyLife].reverse().map(ours));
    const lines = [...archive.objects].filter(([key]) => key.startsWith('facts/published/'));
    expect(lines.map(([, line]) => JSON.parse(line))).toEqual([
      { jobId: JOB, tenant: TENANT, campaign: 'spring', tier: 'final', renderedSeconds: 15, day: '2026-11-24' },
    ]);
  });

  it('archives one line for every answer, and how long everything took can be read from them', async () => {
    const { archive, send } = open();
    await send(...[...reworkedLife, ...reworkedLife].map(ours));
    const answers = [...archive.objects].filter(([key]) => key.startsWith('facts/answered/')).map(([, line]) => JSON.parse(line));
    const of = { jobId: JOB, tenant: TENANT, campaign: 'spring', template: 'product-hero', subject: 'preview', answeredBy: 'person' };
    expect(answers.map((line) => AnsweredQuestion.parse(line))).toEqual([
      { ...of, round: 1, outcome: 'rework', acceptedAt: at(0), requestedAt: at(19), decidedAt: at(20), day: '2026-11-24' },
      { ...of, round: 2, outcome: 'approved', acceptedAt: at(0), requestedAt: at(39), decidedAt: at(40), day: '2026-11-24' },
    ]);
  });

  it('archives what GPUs need not do for a job that was refused in time, and nothing for one that was refused late', async () => {
    const { archive, send } = open();
    await send(ours(concluded('rejected', 30)));
    expect(archive.objects.size).toBe(0);
    await send(ours(concluded('rejected', 30, 7_000)));
    const lines = [...archive.objects].map(([, line]) => StoppedJob.parse(JSON.parse(line)));
    expect(lines).toEqual([{ jobId: JOB, tenant: TENANT, visit: 'review:preview', gpuCostAvoidedMicroUsd: 7_000, day: '2026-11-24' }]);
  });

  it('cancels a job whose execution was stopped, and leaves renders alone', async () => {
    const { ledger, send } = open();
    await send(ours(accepted()), ours(progressed('generate:preview', 0, 1, 40, 5)), stopped(`${JOB}-preview`, 'FAILED'));
    expect((await ledger.job(TENANT, JOB))?.status).toBe('running');
    await send(stopped(JOB, 'ABORTED'));
    expect(await ledger.job(TENANT, JOB)).toMatchObject({ status: 'canceled', reason: 'canceled by ada', endedAt: at(60) });
  });

  it('divides a reclaimed attempt by what its worker said of its time', async () => {
    const { ledger, archive, send } = open();
    const event = progressed('generate:final', 0, 1, 60, 8);
    if (event.type !== 'stage.progressed') throw new TypeError('expected progress');
    const work = { batchJobId: 'batch-1', attempt: 1, usefulMs: 7_000, repeatedMs: 0 };
    const attempts = [
      { startedAt: Date.parse(at(0)), stoppedAt: Date.parse(at(10)), statusReason: 'Host EC2 (instance i-0abc) terminated.' },
      { startedAt: Date.parse(at(20)), stoppedAt: Date.parse(at(25)), container: { exitCode: 0 } },
    ];
    await send(ours({ ...event, work }), batch({ status: 'RUNNABLE', attempts: attempts.slice(0, 1) }));
    await send(batch({ attempts }), batch({ attempts }));
    const seconds = (await ledger.costs(TENANT, JOB)).map((fact) => [fact.cause, fact.seconds]);
    expect(seconds.sort()).toEqual([
      ['reclaimed', 3],
      ['useful', 5],
      ['useful', 7],
    ]);
    expect(sum(facts(archive.objects))).toBe((await ledger.job(TENANT, JOB))?.costMicroUsd);
  });
  it('ignores Batch jobs that are not ours', async () => {
    const { archive, send } = open();
    expect(await send(batch({ parameters: {} }))).toEqual({ batchItemFailures: [] });
    expect(archive.objects.size).toBe(0);
  });
});

it('archives what the total was made of when a copy was measured anew', async () => {
  const { ledger, archive, send } = open();
  const first = completed('intake', 1);
  if (first.type !== 'stage.completed') throw new Error('expected a completed stage');
  const copy = { ...first, at: at(86_400), usage: { ...first.usage, milliseconds: 9_000 } };
  await send(ours(first), ours(copy));
  const kept = facts(archive.objects);
  expect(kept).toHaveLength(1);
  expect(sum(kept)).toBe((await ledger.job(TENANT, JOB))?.costMicroUsd);
});

describe('what cannot be recorded', () => {
  it('goes back to the queue alone', async () => {
    const { ledger, send } = open();
    const wrong = { ...ours(accepted()), detail: { type: 'brief.accepted' } };
    expect(await send(ours(accepted()), wrong, 'not json', batch({ parameters: { jobId: JOB } }))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }, { itemIdentifier: 'm3' }],
    });
    expect((await ledger.job(TENANT, JOB))?.status).toBe('accepted');
  });

  it('is archived by the copy when the first try died between table and archive', async () => {
    const ledger = openMemoryLedgerStore();
    const archive = openMemoryCostArchive();
    let healthy = false;
    const flaky = { ...archive, keep: (fact: CostFact) => (healthy ? archive.keep(fact) : Promise.reject(new Error('S3 is away'))) };
    const handler = recordEvents(() => ({ ledger, archive: flaky }));
    const message = {
      Records: [
        {
          messageId: 'm0',
          receiptHandle: '',
          body: JSON.stringify(ours(completed('prep', 1))),
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: '', ApproximateFirstReceiveTimestamp: '0' },
          messageAttributes: {},
          md5OfBody: '',
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:ledger',
          awsRegion: 'us-east-1',
        },
      ],
    };
    expect((await handler(message, context)).batchItemFailures).toHaveLength(1);
    healthy = true;
    expect((await handler(message, context)).batchItemFailures).toHaveLength(0);
    expect(sum(facts(archive.objects))).toBe((await ledger.job(TENANT, JOB))?.costMicroUsd);
    expect(await ledger.costs(TENANT, JOB)).toHaveLength(1);
  });
});

it('tells analysts which shots were sent back, in one object however often it hears of it', async () => {
  const { archive, send } = open();
  await send(ours(sentBack('preview', [0, 2], 20)), ours(sentBack('preview', [0, 2], 20)));
  const kept = [...archive.objects].filter(([key]) => key.startsWith('facts/reworked/'));
  expect(kept).toHaveLength(1);
  expect(
    kept[0]?.[1]
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { tier: 'preview', shot: 0, take: 2 },
    { tier: 'preview', shot: 2, take: 2 },
  ]);
});
