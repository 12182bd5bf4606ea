import { DescribeJobsCommand } from '@aws-sdk/client-batch';
import { expect, it } from 'vitest';
import { openBatchHistory } from '#adapters/aws/batch-history';
import { takenBack } from '#domain/generate/taken-back';
import { batch, eventually } from '../platform/aws.ts';
import { finished, inject, jobDefinition, jobQueue, RETRY_RECLAIMED, submit, variables } from '../platform/batch-jobs.ts';

const history = openBatchHistory({ client: batch });

it('remembers that every attempt of a job lost its machine, which is what the lifeboat is for', async () => {
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition({ retryStrategy: { ...RETRY_RECLAIMED, attempts: 2 } }),
    containerOverrides: { environment: variables({ PROBE_MS: 60_000 }) },
  });
  for (const before of [0, 1]) {
    await eventually(`attempt ${before + 1} of ${jobId}`, async () => {
      const { jobs: [job] = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
      return job?.status === 'RUNNING' && job.attempts?.length === before ? job : undefined;
    });
    expect(await inject('POST', 'reclaim', { jobId })).toEqual({ reclaimed: 1 });
  }
  expect((await finished(jobId)).status).toBe('FAILED');
  const failed = await history.failedAttempts(jobId);
  const gone = { statusReason: expect.stringMatching(/^Host EC2/) };
  expect(failed).toMatchObject([[gone, gone]]);
  expect(takenBack(failed)).toMatch(/^1 of the shots lost 2 spot machines/);
});

it('tells the failed children of an array, and not those that ended well', async () => {
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition({ retryStrategy: { attempts: 1 } }),
    arrayProperties: { size: 2 },
    containerOverrides: { environment: variables({ PROBE_EXIT: 65 }) },
  });
  await finished(jobId);
  const failed = await history.failedAttempts(jobId);
  expect(failed.map((attempts) => attempts.map(({ exitCode }) => exitCode))).toEqual([[65], [65]]);
  expect(takenBack(failed)).toBeUndefined();
});
