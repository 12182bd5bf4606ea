import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { dynamo as documents } from '#adapters/aws/clients';
import { openComponentRegistry } from '#adapters/aws/component-registry';
import { dynamo, local, s3, unique } from '../platform/aws.ts';
import { componentRegistrySuite } from './component-registry.suite.ts';

componentRegistrySuite('the registry of components on DynamoDB and S3', async () => {
  const [table, bucket] = [unique('registry'), unique('assets')];
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  const client = documents({ endpoint: local.endpoint, region: 'us-east-1', credentials });
  const open = (name: string) => openArtifactStore({ bucket: name, client: s3 });

  return async (deployment) => {
    const key = `${unique('deployment')}.json`;
    await open(bucket).put(key, new TextEncoder().encode(JSON.stringify(deployment)));
    return openComponentRegistry({ deployment: `s3://${bucket}/${key}`, table, client, open });
  };
});
