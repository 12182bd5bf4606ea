import { CreateStateMachineCommand, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryLedgerStore } from '#adapters/memory/ledger-store';
import { executionEnded } from '#domain/ledger/execution';
import { project } from '#domain/ledger/project';
import { cancel } from '../../../tools/cli/cancel.ts';
import { accepted, happyLife, JOB, progressed, TENANT } from '../../domain/ledger/news.ts';
import { eventually, ROLE, stepFunctions, unique } from '../../platform/aws.ts';

const WAITS = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 600, End: true } } };
const signal = new AbortController().signal;

describe('canceling a job', () => {
  let ledger: ReturnType<typeof openMemoryLedgerStore>;
  let machine: string;
  beforeEach(async () => {
    ledger = openMemoryLedgerStore();
    const created = await stepFunctions.send(
      new CreateStateMachineCommand({ name: unique('machine'), definition: JSON.stringify(WAITS), roleArn: ROLE }),
    );
    machine = created.stateMachineArn ?? '';
  });
  const outputs = () => ({ get: () => machine, find: () => machine });
  const product = () => ({ ledger, outputs: outputs(), sfn: stepFunctions, lookEverySeconds: 0.05 });
  const hear = (...news: Parameters<typeof project>[1][]) =>
    ledger.updateJob(TENANT, JOB, (row) => news.reduce((before, one) => project(before, one), row));

  it('stops the pipeline, and answers once the ledger has heard', async () => {
    await hear(accepted(), progressed('generate:preview', 0, 1, 40, 5));
    const { executionArn = '' } = await stepFunctions.send(new StartExecutionCommand({ stateMachineArn: machine, name: JOB }));
    const canceling = cancel(product(), JOB, signal);
    await eventually(`${executionArn} to stop`, async () => {
      const { status } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      return status === 'ABORTED' ? status : undefined;
    });
    const end = executionEnded({ executionArn, stateMachineArn: machine, name: JOB, status: 'ABORTED' }, new Date().toISOString());
    if (end) await hear(end);
    expect(await canceling).toEqual({ jobId: JOB, result: 'canceled' });
  });
  it('leaves a job alone that has ended', async () => {
    await hear(...happyLife);
    expect(await cancel(product(), JOB, signal)).toEqual({ jobId: JOB, result: 'already-ended' });
  });
  it('says so when it knows no such job', async () => {
    expect(await cancel(product(), JOB, signal)).toEqual({ jobId: JOB, result: 'not-found' });
  });
});
