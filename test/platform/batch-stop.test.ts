import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerminateJobCommand } from '@aws-sdk/client-batch';
import { ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { batch, eventually, stepFunctions } from './aws.ts';
import { finished, jobDefinition, jobQueue, submit, variables } from './batch-jobs.ts';
import { ended, machine, start } from './machines.ts';
import { isAlive } from './processes.ts';

const pidFile = () => join(mkdtempSync(join(tmpdir(), 'framewright-probe-')), 'pids');
const pidsIn = (path: string): Promise<number[]> =>
  eventually('the worker to start', async () =>
    existsSync(path) && readFileSync(path, 'utf8') !== '' ? JSON.parse(readFileSync(path, 'utf8')) : undefined,
  );
const gone = (pids: readonly number[]) => eventually('the processes to be gone', async () => (pids.some(isAlive) ? undefined : true));

it('stopping an execution ends its child execution, the job of the child, and the processes of the job', async () => {
  const path = pidFile();
  const child = await machine({
    Generate: {
      Type: 'Task',
      Resource: 'arn:aws:states:::batch:submitJob.sync',
      Arguments: {
        JobName: 'generate',
        JobQueue: await jobQueue(),
        JobDefinition: await jobDefinition(),
        ContainerOverrides: {
          Environment: variables({ PROBE_MS: 60_000, PROBE_PID_FILE: path }).map(({ name, value }) => ({ Name: name, Value: value })),
        },
      },
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3 }],
      End: true,
    },
  });
  const parent = await machine({
    Render: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: child, Input: {} },
      End: true,
    },
  });
  const executionArn = await start(parent);
  const pids = await pidsIn(path);

  await stepFunctions.send(new StopExecutionCommand({ executionArn, cause: 'canceled' }));

  await gone(pids);
  expect((await ended(executionArn)).status).toBe('ABORTED');
  const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn: child }));
  expect(executions.map(({ status }) => status)).toEqual(['ABORTED']);
});

it('terminating a job ends its processes, is not retried, and gives the reason', async () => {
  const path = pidFile();
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition({ retryStrategy: { attempts: 3 } }),
    containerOverrides: { environment: variables({ PROBE_MS: 60_000, PROBE_PID_FILE: path }) },
  });
  const pids = await pidsIn(path);
  await batch.send(new TerminateJobCommand({ jobId, reason: 'canceled by its owner' }));
  const job = await finished(jobId);
  expect(job).toMatchObject({ status: 'FAILED', statusReason: 'canceled by its owner' });
  expect(job.attempts).toHaveLength(1);
  await gone(pids);
});
