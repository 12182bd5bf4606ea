import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { openCostArchive } from '#adapters/aws/cost-archive';
import { s3, unique } from '../platform/aws.ts';
import { costArchiveSuite } from './cost-archive.suite.ts';

costArchiveSuite('cost facts on S3', async () => {
  const bucket = unique('ledger');
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    archive: openCostArchive({ bucket, client: s3 }),
    read: async (key) => (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString(),
  };
});
