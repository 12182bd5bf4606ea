import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamo as documents } from '#adapters/aws/clients';
import { dynamo, local, unique } from '../platform/aws.ts';

/** A new table of the local AWS with the keys that every store here uses, `pk` and `sk`, and a client that reads and writes it. */
export async function sortedTable(name: string) {
  const table = unique(name);
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
  return { table, client: documents({ endpoint: local.endpoint, region: 'us-east-1', credentials }) };
}
