import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamo as documents } from '#adapters/aws/clients';
import { openReviewStore } from '#adapters/aws/review-store';
import { dynamo, local, unique } from '../platform/aws.ts';
import { reviewStoreSuite } from './review-store.suite.ts';

reviewStoreSuite('the review queue on DynamoDB', async () => {
  const table = unique('reviews');
  const keySchema = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi2pk', 'gsi2sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: [{ IndexName: 'by-review', KeySchema: keySchema('gsi2pk', 'gsi2sk'), Projection: { ProjectionType: 'ALL' } }],
    }),
  );
  const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  const client = documents({ endpoint: local.endpoint, region: 'us-east-1', credentials });
  return openReviewStore({ table, client, now: () => new Date('2026-11-27T00:00:00.000Z') }); // later than whatever the suite settles
});
