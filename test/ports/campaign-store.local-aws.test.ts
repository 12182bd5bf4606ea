import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { openCampaignStore } from '#adapters/aws/campaign-store';
import { dynamo as documents } from '#adapters/aws/clients';
import { dynamo, local, unique } from '../platform/aws.ts';
import { campaignStoreSuite } from './campaign-store.suite.ts';

campaignStoreSuite('campaigns on DynamoDB', async () => {
  const table = unique('campaigns');
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
  return openCampaignStore({ table, client: documents({ endpoint: local.endpoint, region: 'us-east-1', credentials }) });
});
