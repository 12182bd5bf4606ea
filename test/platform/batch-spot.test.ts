import { afterAll, expect, it } from 'vitest';
import { eventually, listen, unique } from './aws.ts';
import { finished, inject, jobDefinition, jobIn, jobQueue, RETRY_RECLAIMED, submit, variables } from './batch-jobs.ts';

afterAll(() => inject('POST', 'machine', { graceSeconds: 5 }));

it('a reclaimed host costs one attempt, without an exit code, and the next attempt goes on', async () => {
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition({ retryStrategy: RETRY_RECLAIMED }),
    containerOverrides: { environment: variables({ PROBE_MS: 1500 }) },
  });
  await jobIn(jobId, ['RUNNING']);
  expect(await inject('POST', 'reclaim', { jobId })).toEqual({ reclaimed: 1 });
  const job = await finished(jobId);
  expect(job.status).toBe('SUCCEEDED');
  expect(job.attempts?.map(({ container, statusReason }) => [statusReason?.replace(/i-\w+/, 'i-x'), container?.exitCode])).toEqual([
    ['Host EC2 (instance i-x) terminated.', undefined],
    ['Essential container in task exited', 0],
  ]);
});

it('a worker that ignores the warning is killed when the grace is over', async () => {
  await inject('POST', 'machine', { graceSeconds: 0.3 });
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition({ retryStrategy: { attempts: 1 } }),
    containerOverrides: { environment: variables({ PROBE_MS: 60_000, PROBE_STUBBORN: 1 }) },
  });
  await jobIn(jobId, ['RUNNING']);
  await new Promise((resume) => setTimeout(resume, 300)); // the worker needs a moment to become stubborn
  await inject('POST', 'reclaim', { jobId });
  expect(await finished(jobId)).toMatchObject({ status: 'FAILED', statusReason: expect.stringMatching(/^Host EC2/) });
});

it('an attempt that uses up its time fails the job for good', async () => {
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition({ retryStrategy: { attempts: 3 }, timeout: { attemptDurationSeconds: 60 } }),
    containerOverrides: { environment: variables({ PROBE_MS: 60_000 }) },
  });
  await jobIn(jobId, ['RUNNING']);
  await inject('POST', 'expire', { jobId });
  const job = await finished(jobId);
  expect(job).toMatchObject({ status: 'FAILED', statusReason: 'Job attempt duration exceeded timeout' });
  expect(job.attempts).toHaveLength(1);
});

it('an injected fault reaches only jobs of the named kind, and only until it is taken away', async () => {
  const [jobName, queue, definition] = [unique('faulty'), await jobQueue(), await jobDefinition()];
  await inject('POST', 'faults', { jobName: `${jobName}*`, environment: { PROBE_EXIT: '9' } });
  const hit = await submit({ jobName, jobQueue: queue, jobDefinition: definition });
  const spared = await submit({ jobQueue: queue, jobDefinition: definition });
  expect((await finished(hit)).container?.exitCode).toBe(9);
  expect((await finished(spared)).container?.exitCode).toBe(0);
  await inject('DELETE', 'faults', { jobName: `${jobName}*` });
  expect((await finished(await submit({ jobName, jobQueue: queue, jobDefinition: definition }))).container?.exitCode).toBe(0);
});

it('every change of status is an event, in order, with the environment and attempts of the job', async () => {
  const jobName = unique('heard');
  const heard = await listen({ source: ['aws.batch'], 'detail-type': ['Batch Job State Change'], detail: { jobName: [jobName] } });
  await finished(
    await submit({
      jobName,
      jobQueue: await jobQueue(),
      jobDefinition: await jobDefinition(),
      parameters: { tier: 'preview' },
      containerOverrides: { environment: variables({ FRAMEWRIGHT_JOB: 'j1' }) },
    }),
  );
  const seen: Record<string, unknown>[] = [];
  await eventually('the last event', async () => {
    seen.push(...(await heard()).map(({ detail }) => detail));
    return seen.some(({ status }) => status === 'SUCCEEDED') ? true : undefined;
  });
  expect(seen.map(({ status }) => status)).toEqual(['SUBMITTED', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
  expect(seen.at(-1)).toMatchObject({
    parameters: { mode: 'fast', tier: 'preview' },
    container: { environment: [{ name: 'FRAMEWRIGHT_JOB', value: 'j1' }], exitCode: 0 },
    attempts: [{ container: { exitCode: 0 } }],
  });
});
