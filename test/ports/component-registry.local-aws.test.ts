import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openComponentRegistry } from '#adapters/aws/component-registry';
import { s3, unique } from '../platform/aws.ts';
import { componentRegistrySuite } from './component-registry.suite.ts';
import { sortedTable } from './sorted-table.ts';

componentRegistrySuite('the registry of components on DynamoDB and S3', async () => {
  const bucket = unique('assets');
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const { table, client } = await sortedTable('registry');
  const open = (name: string) => openArtifactStore({ bucket: name, client: s3 });

  return async (deployment) => {
    const key = `${unique('deployment')}.json`;
    await open(bucket).put(key, new TextEncoder().encode(JSON.stringify(deployment)));
    return openComponentRegistry({ deployment: `s3://${bucket}/${key}`, table, client, open });
  };
});
