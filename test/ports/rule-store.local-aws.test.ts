import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamo as documents } from '#adapters/aws/clients';
import { openRuleStore } from '#adapters/aws/rule-store';
import { dynamo, local, unique } from '../platform/aws.ts';
import { ruleStoreSuite } from './rule-store.suite.ts';

ruleStoreSuite('rules on DynamoDB', async () => {
  const table = unique('rules');
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
  return openRuleStore({ table, client: documents({ endpoint: local.endpoint, region: 'us-east-1', credentials }) });
});
