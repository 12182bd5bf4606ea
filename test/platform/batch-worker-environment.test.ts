import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { local } from './aws.ts';
import { finished, jobDefinition, jobQueue, submit, variables } from './batch-jobs.ts';

it('a worker finds its job, its place in the array, the local AWS, ffmpeg, and an empty folder of its own', async () => {
  const jobId = await submit({
    jobQueue: await jobQueue(),
    jobDefinition: await jobDefinition(),
    arrayProperties: { size: 2 },
    containerOverrides: { environment: variables({ OWN: 'yes' }) },
  });
  await finished(jobId);
  const log = readFileSync(join(local.stateDirectory, 'batch-logs', `${jobId}-1.log`), 'utf8');
  const { arguments: args, environment, folder } = JSON.parse(log.trim().split('\n')[0] ?? '');
  expect(args).toEqual(['--mode', 'fast']);
  expect(environment).toMatchObject({
    AWS_BATCH_JOB_ID: `${jobId}:1`,
    AWS_BATCH_JOB_ATTEMPT: '1',
    AWS_BATCH_JOB_ARRAY_INDEX: '1',
    AWS_BATCH_JQ_NAME: expect.any(String),
    AWS_BATCH_CE_NAME: expect.stringMatching(/^spot-/),
    AWS_ENDPOINT_URL: local.endpoint,
    AWS_REGION: 'us-east-1',
    FRAMEWRIGHT_FFMPEG: expect.stringMatching(/ffmpeg$/),
    FRAMEWRIGHT_FFPROBE: expect.stringMatching(/ffprobe$/),
    OWN: 'yes',
  });
  expect(environment.TMPDIR).toBe(folder);
  expect(environment.HOME).toBe(folder);
});

it('an image without a local program fails the way an image that cannot be pulled does', async () => {
  const definition = await jobDefinition({ containerProperties: { image: 'registry.example/framewright/nobody:1' } });
  const job = await finished(await submit({ jobQueue: await jobQueue(), jobDefinition: definition }));
  expect(job).toMatchObject({
    status: 'FAILED',
    statusReason: 'Task failed to start',
    container: { reason: expect.stringContaining('CannotPullContainerError') },
  });
});
