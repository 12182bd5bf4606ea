import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamo as documents } from '#adapters/aws/clients';
import { openLedgerStore } from '#adapters/aws/ledger-store';
import { dynamo, local, unique } from '../platform/aws.ts';
import { ledgerStoreSuite } from './ledger-store.suite.ts';

ledgerStoreSuite('the ledger on DynamoDB', async () => {
  const table = unique('ledger');
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(text),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-tenant',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  return openLedgerStore({ table, client: documents({ endpoint: local.endpoint, region: 'us-east-1', credentials }) });
});
