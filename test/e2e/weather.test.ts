import { readdirSync, readFileSync } from 'node:fs';
import { BatchClient, DescribeJobsCommand, type JobDetail, ListJobsCommand, SubmitJobCommand } from '@aws-sdk/client-batch';
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterEach, expect, it } from 'vitest';
import { WindowManifest } from '#contracts/generate';
import { cancel } from '../../tools/cli/cancel.ts';
import { artifacts, deployment, ended, eventsOf, eventually, longShot, product, quickBrief, rowOf, submit, weather } from './world.ts';

const batch = new BatchClient({});
const shotsOf = (jobId: string, tier: string) => `tenants/acme/jobs/${jobId}/${tier}/shots/`;

const listed = async (Prefix: string) => {
  const { Contents = [] } = await product.s3.send(new ListObjectsV2Command({ Bucket: product.outputs.get('ArtifactsBucket'), Prefix }));
  return Contents.map(({ Key = '', ETag = '', LastModified }) => ({ key: Key, made: `${ETag} ${LastModified?.toISOString()}` }));
};

const manifestsOf = async (jobId: string): Promise<WindowManifest[]> => {
  const keys = (await listed(shotsOf(jobId, 'final'))).map(({ key }) => key).filter((key) => key.endsWith('.json'));
  const bodies = await Promise.all(keys.map(async (key) => (await artifacts.find(key))?.body));
  return bodies.map((body) => WindowManifest.parse(JSON.parse(new TextDecoder().decode(body))));
};

/** The window that is done first: from then on the shot is in the middle. */
const firstWindow = (jobId: string, tier: string) =>
  eventually(
    `a first window of ${jobId}`,
    async () => {
      const objects = await listed(shotsOf(jobId, tier));
      if (objects.some(({ key }) => key.endsWith('.json'))) return objects;
      const row = await rowOf(jobId);
      if (row?.endedAt) throw new Error(`expected a first window of ${jobId}, found that it ended: ${JSON.stringify(row)}`);
      return undefined;
    },
    () => rowOf(jobId),
  );

const batchJob = async (jobName: string): Promise<JobDetail> => {
  const { jobSummaryList = [] } = await batch.send(
    new ListJobsCommand({ jobQueue: deployment.shotsQueue, filters: [{ name: 'JOB_NAME', values: [jobName] }] }),
  );
  const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: jobSummaryList.map((summary) => summary.jobId ?? '') }));
  if (!jobs[0]) throw new Error(`expected a Batch job ${jobName}, found none`);
  return jobs[0];
};

afterEach(async () => {
  await weather('DELETE', 'faults', {});
  await weather('POST', 'machine', { graceSeconds: 5 });
});

it('survives a reclaim in the middle of generate, and renders the very bytes of an undisturbed run', async () => {
  const jobId = await submit(quickBrief(longShot(8))); // 192 frames: five windows
  const before = await firstWindow(jobId, 'final');
  const jobName = `${jobId}-generate-final`;
  expect(await weather('POST', 'reclaim', { jobName })).toEqual({ reclaimed: 1 });

  const { job, facts } = await ended(jobId);
  expect(job).toMatchObject({ status: 'published', renderedSeconds: 8 });
  expect(facts.filter(({ visit }) => visit === 'generate:final').map(({ cause }) => cause)).toEqual(
    expect.arrayContaining(['reclaimed', 'useful']),
  );
  const disturbed = await batchJob(jobName);
  expect(disturbed.attempts).toHaveLength(2);
  expect(disturbed.attempts?.[0]?.statusReason).toMatch(/^Host EC2/);
  expect(await listed(shotsOf(jobId, 'final'))).toEqual(expect.arrayContaining(before)); // what was done was not done again

  // The same plan from nothing, and nobody disturbs it.
  const windows = await manifestsOf(jobId);
  expect(windows.length).toBeGreaterThan(3);
  for (const { key } of await listed(shotsOf(jobId, 'final')))
    await product.s3.send(new DeleteObjectCommand({ Bucket: product.outputs.get('ArtifactsBucket'), Key: key }));
  const again = await batch.send(
    new SubmitJobCommand({
      jobName: `${jobName}-again`,
      jobQueue: disturbed.jobQueue,
      jobDefinition: disturbed.jobDefinition,
      shareIdentifier: 'final',
      parameters: disturbed.parameters,
      containerOverrides: { environment: disturbed.container?.environment },
    }),
  );
  await eventually('the undisturbed run', async () => {
    const { jobs: [found] = [] } = await batch.send(new DescribeJobsCommand({ jobs: [again.jobId ?? ''] }));
    if (found?.status === 'FAILED') throw new Error(`the undisturbed run failed: ${found.statusReason}`);
    return found?.status === 'SUCCEEDED' ? found : undefined;
  });
  expect(await manifestsOf(jobId)).toEqual(windows);
});

it('ends a job that is canceled in the middle of generate: its process dies, what it spent stays in the books', async () => {
  const jobId = await submit(quickBrief(longShot(40)));
  await firstWindow(jobId, 'preview');
  const jobName = `${jobId}-generate-preview`;
  const workers = () => processesThatRender(jobId);
  if (process.platform === 'linux') expect(workers()).not.toEqual([]);

  expect(await cancel(product, jobId, AbortSignal.timeout(60_000))).toEqual({ jobId, result: 'canceled' });
  await eventually('the worker to die', async () => ((await batchJob(jobName)).status === 'FAILED' ? true : undefined));
  expect(workers()).toEqual([]);

  const { job, facts } = await ended(jobId);
  expect(job).toMatchObject({ status: 'canceled' });
  const spent = facts.filter(({ visit }) => visit === 'generate:preview');
  expect(spent).toMatchObject([{ cause: 'canceled' }]);
  expect(spent[0]!.costMicroUsd).toBeGreaterThan(0);
});

it('ends a job whose worker always dies, with a reason, and leaves nothing that still runs', async () => {
  const environment = { FRAMEWRIGHT_CRASH_AT: 'worker:start:before:always' };
  await weather('POST', 'faults', { jobName: 'acme_*-generate-*', environment });
  const jobId = await submit(quickBrief(longShot(1)));
  const { job, facts } = await ended(jobId);
  expect(job).toMatchObject({ status: 'failed', reason: expect.stringMatching(/\S/) });
  expect(facts.filter(({ stage, cause }) => stage === 'generate' && cause === 'failed').length).toBeGreaterThan(0);
  expect((await batchJob(`${jobId}-generate-preview`)).status).toBe('FAILED');
  expect((await eventsOf(jobId)).some(({ type }) => type === 'job.published')).toBe(false);
});

it('resumes after a machine that vanished without a word', async () => {
  await weather('POST', 'machine', { graceSeconds: 0 }); // no time to finish the window: it is lost, what was committed is not
  const jobId = await submit(quickBrief({ ...longShot(16), tier: 'preview' }));
  const before = await firstWindow(jobId, 'preview');
  const jobName = `${jobId}-generate-preview`;
  expect(await weather('POST', 'reclaim', { jobName })).toEqual({ reclaimed: 1 });
  const { job } = await ended(jobId);
  expect(job.status, job.reason).toBe('previewed');
  expect((await batchJob(jobName)).attempts).toMatchObject([
    { statusReason: expect.stringMatching(/^Host EC2/) },
    { container: { exitCode: 0 } },
  ]);
  expect(await listed(shotsOf(jobId, 'preview'))).toEqual(expect.arrayContaining(before));
});

/** Processes whose environment names the job; each worker is told its plan there. */
function processesThatRender(jobId: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`FRAMEWRIGHT_PLAN_KEY=tenants/acme/jobs/${jobId}/`);
      } catch {
        return false; // it ended while we looked
      }
    });
}
