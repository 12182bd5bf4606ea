import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { rows } from '#contracts/keys';
import { CampaignRecord } from '#contracts/review';
import type { CampaignStore } from '#domain/ports';
import { NOTHING_SAID } from '#domain/review/campaign';
import { dynamo } from './clients.ts';
import { isConditionFailed, patiently } from './ledger-conflicts.ts';

/** A row as the table holds it: the record, and the version of the optimistic lock. Table keys are dropped here. */
const Row = z.object({ ...CampaignRecord.shape, version: z.int().positive() });
type Row = z.infer<typeof Row>;

const SORT_KEY = 'precedents';

/** What people said of campaigns: one row each in the product's table. */
export function openCampaignStore({ table, client = dynamo() }: { table: string; client?: DynamoDBDocumentClient }): CampaignStore {
  const keyOf = (tenant: string, campaign: string) => ({ pk: rows.campaign(tenant, campaign), sk: SORT_KEY });

  const read = async (tenant: string, campaign: string): Promise<Row | undefined> => {
    // Consistent: a refusal that somebody was told of ends what a rule would do after it.
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(tenant, campaign), ConsistentRead: true }));
    return Item && Row.parse(Item);
  };
  const recordOf = (row: Row | undefined): CampaignRecord => {
    if (!row) return NOTHING_SAID;
    const { version: _, ...record } = row;
    return record;
  };

  return {
    of: async (tenant, campaign) => recordOf(await read(tenant, campaign)),

    change: (tenant, campaign, change) =>
      patiently(`campaign ${campaign} of ${tenant}`, isConditionFailed, async () => {
        const before = await read(tenant, campaign);
        const after = change(recordOf(before));
        if (!after) return;
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...keyOf(tenant, campaign), ...after, version: (before?.version ?? 0) + 1 },
            ...(before
              ? {
                  ConditionExpression: '#version = :before',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':before': before.version },
                }
              : { ConditionExpression: 'attribute_not_exists(pk)' }),
          }),
        );
      }),
  };
}
