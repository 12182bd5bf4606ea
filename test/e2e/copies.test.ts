import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { jobIdOf } from '#domain/intake/job-id';
import { ended, eventsOf, eventually, newFolder, pause, product, queues, quickBrief, rowOf, submit, uploadPhoto } from './world.ts';

it('makes one job and one charge of a brief that is uploaded five times at once and announced five times more', async () => {
  const folder = newFolder();
  const Key = `${folder}/brief.json`;
  await uploadPhoto(folder);
  const Bucket = product.outputs.get('IntakeBucket');
  const brief = JSON.stringify(quickBrief({ storyboard: [{ seconds: 1, description: 'Soft waves behind the bottle' }] }));
  const uploads = await Promise.all(Array.from({ length: 5 }, () => product.s3.send(new PutObjectCommand({ Bucket, Key, Body: brief }))));

  const jobIds = uploads.map(({ VersionId = '' }) => jobIdOf({ key: Key, versionId: VersionId }).jobId);
  expect(new Set(jobIds).size).toBe(5); // five versions, any of which may be the first that intake sees
  const jobId = await firstKnown(jobIds);
  const { VersionId = '', ContentLength = 0 } = await product.s3.send(new HeadObjectCommand({ Bucket, Key }));
  await announce({ Bucket, Key, VersionId, bytes: ContentLength }, 5);

  const { job, facts } = await ended(jobId);
  expect((await Promise.all(jobIds.map(rowOf))).filter((row) => row !== undefined)).toHaveLength(1);
  expect(job).toMatchObject({ status: 'published', renderedSeconds: 1 });
  const events = await eventsOf(jobId);
  for (const type of ['brief.accepted', 'job.published']) expect(events.filter((event) => event.type === type)).toHaveLength(1);
  const charges = facts.map(({ visit, component }) => `${visit} ${component}`);
  expect(charges.filter((charge) => charge.startsWith('generate:final animatic'))).toHaveLength(1);
  expect(new Set(charges).size).toBe(charges.length);

  await announce({ Bucket, Key, VersionId, bytes: ContentLength }, 5);
  await pause(2_000);
  expect((await ended(jobId)).job.costMicroUsd).toBe(job.costMicroUsd);
});

it('keeps two versions of one brief apart when something changed: they are two jobs', async () => {
  const folder = newFolder();
  const brief = quickBrief({ tier: 'preview', storyboard: [{ seconds: 1, description: 'Soft waves behind the bottle' }] });
  const [first, second] = [await submit(brief, folder), await submit({ ...brief, metadata: { version: 'two' } }, folder)];
  expect(first).not.toBe(second);
  for (const jobId of [first, second]) expect((await ended(jobId)).job.status).toBe('previewed');
});

/** Five uploads are five versions; whichever intake saw first is the job. */
const firstKnown = (jobIds: readonly string[]): Promise<string> =>
  eventually('one of the uploads to be a job', async () => {
    const rows = await Promise.all(jobIds.map(rowOf));
    return rows.find((row) => row !== undefined)?.jobId;
  });

/** Delivers the bucket's event again, as EventBridge may: at least once is not exactly once. */
async function announce(object: { Bucket: string; Key: string; VersionId: string; bytes: number }, copies: number): Promise<void> {
  const { Environment } = await product.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'framewright-intake-accept-brief' }),
  );
  const event = {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: new Date().toISOString(),
    detail: { bucket: { name: object.Bucket }, object: { key: object.Key, size: object.bytes, 'version-id': object.VersionId } },
  };
  const QueueUrl = Environment?.Variables?.FRAMEWRIGHT_INTAKE_QUEUE_URL;
  await Promise.all(
    Array.from({ length: copies }, () => queues.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }))),
  );
}
