import { type DynamoDBDocumentClient, paginateQuery, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Instant, tenantOfJob } from '#contracts/identity';
import { rows } from '#contracts/keys';
import type { RuleChange, RuleStore } from '#domain/ports';
import { COUNTERS, RESETS } from '#domain/review/rule-record';
import { dynamo } from './clients.ts';
import { isConditionFailed, isCrowded, isFactThere, patiently } from './ledger-conflicts.ts';

const Change = z.object({ at: Instant, by: z.string(), reason: z.string() });
const count = z.int().nonnegative().default(0);
/** A row as the table holds it; counters appear with their first count. Table keys are dropped here. */
const Row = z.object({
  name: z.string().min(1),
  approved: count,
  sampled: count,
  audited: count,
  misses: count,
  agreedInARow: count,
  suspended: Change.optional(),
  resumed: Change.optional(),
});

const PREFIX = 'rule#';

/** How rules stand: one row each, `rule#<name>`. What was counted lies as a row of its own under the job, so it is counted once. */
export function openRuleStore({ table, client = dynamo() }: { table: string; client?: DynamoDBDocumentClient }): RuleStore {
  const key = (rule: string) => ({ pk: rows.rules, sk: `${PREFIX}${rule}` });

  const suspend = {
    expression: 'suspended = if_not_exists(suspended, :change)',
    values: (change: RuleChange) => ({ ':change': Change.parse(change) }),
  };

  return {
    async all() {
      const found: z.infer<typeof Row>[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': rows.rules, ':prefix': PREFIX },
          ConsistentRead: true, // a rule that was suspended a moment ago approves nothing
        },
      );
      for await (const page of pages) found.push(...(page.Items ?? []).map((row) => Row.parse(row)));
      return found;
    },

    count: ({ rule, jobId, subject, round, what }, suspension) =>
      patiently(`count of rule ${rule}`, isCrowded, async () => {
        const reset = RESETS[what];
        const marker = { pk: rows.job(tenantOfJob(jobId), jobId), sk: `counted#${rule}#${subject}#${round}#${what}` };
        try {
          await client.send(
            new TransactWriteCommand({
              TransactItems: [
                { Put: { TableName: table, Item: marker, ConditionExpression: 'attribute_not_exists(pk)' } },
                {
                  Update: {
                    TableName: table,
                    Key: key(rule),
                    UpdateExpression: [
                      `ADD ${COUNTERS[what].map((counter) => `${counter} :one`).join(', ')}`,
                      `SET ${['#name = :name', ...(reset ? [`${reset} = :none`] : []), ...(suspension ? [suspend.expression] : [])].join(', ')}`,
                    ].join(' '),
                    ExpressionAttributeNames: { '#name': 'name' },
                    ExpressionAttributeValues: {
                      ':one': 1,
                      ':name': rule,
                      ...(reset && { ':none': 0 }),
                      ...(suspension && suspend.values(suspension)),
                    },
                  },
                },
              ],
            }),
          );
          return true;
        } catch (error) {
          if (isFactThere(error)) return false;
          throw error;
        }
      }),

    async suspend(rule, change) {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: key(rule),
          UpdateExpression: `SET #name = :name, ${suspend.expression}`,
          ExpressionAttributeNames: { '#name': 'name' },
          ExpressionAttributeValues: { ':name': rule, ...suspend.values(change) },
        }),
      );
    },

    async resume(rule, change) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: key(rule),
            UpdateExpression: 'SET resumed = :change REMOVE suspended',
            ConditionExpression: 'attribute_exists(suspended)',
            ExpressionAttributeValues: { ':change': Change.parse(change) },
          }),
        );
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    },
  };
}
