import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { openIntakeStore } from '#adapters/aws/intake-store';
import { s3, unique } from '../platform/aws.ts';
import { intakeStoreSuite } from './intake-store.suite.ts';

intakeStoreSuite('the intake bucket on S3', async () => {
  const bucket = unique('intake');
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return {
    store: openIntakeStore({ bucket, client: s3 }),
    upload: async (key, body) => void (await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))),
  };
});
