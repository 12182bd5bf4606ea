import { CreateBucketCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { s3, unique } from '../platform/aws.ts';
import { artifactStoreSuite } from './artifact-store.suite.ts';

const bucket = unique('artifacts');

artifactStoreSuite('artifacts in S3', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return openArtifactStore({ bucket, client: s3 });
});

it('leaves no unfinished upload behind in S3', async () => {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  expect(Uploads).toEqual([]);
});
