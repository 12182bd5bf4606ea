import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  paginateScan,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { LifecycleEvent } from '#contracts/events';
import { rows } from '#contracts/keys';
import { CostFact, JobRow } from '#contracts/ledger';
import type { LedgerStore } from '#domain/ports';
import { dynamo } from './clients.ts';
import { isConditionFailed, isCrowded, isFactThere, patiently } from './ledger-conflicts.ts';

const JOB = 'job';
const TENANT_INDEX = 'by-tenant';
const SEQUENCE_DIGITS = 8; // the largest sequence is 14,990; eight digits sort right with room to spare

/**
 * What a stored row carries besides a `JobRow`: keys, index keys, and the version of the optimistic lock. A job that has costs but no row
 * yet is an item with `costMicroUsd` alone.
 */
const strip = (item: Record<string, unknown> | undefined): JobRow | undefined => {
  if (!item || item.status === undefined) return undefined;
  const { pk: _pk, sk: _sk, gsi1pk: _gsi1pk, gsi1sk: _gsi1sk, version: _version, ...row } = item;
  return JobRow.parse({ costMicroUsd: 0, ...row });
};

/** The ledger on one DynamoDB table. A job is one partition: its row, its events, its cost facts. */
export function openLedgerStore({ table, client = dynamo() }: { table: string; client?: DynamoDBDocumentClient }): LedgerStore {
  const key = (tenant: string, jobId: string, sk: string) => ({ pk: rows.job(tenant, jobId), sk });

  const read = async (tenant: string, jobId: string): Promise<Record<string, unknown> | undefined> =>
    (await client.send(new GetCommand({ TableName: table, Key: key(tenant, jobId, JOB), ConsistentRead: true }))).Item;

  /** Writes every field but the cost, which belongs to `addCost`; `false` when somebody changed the row since it was read. */
  const write = async (row: JobRow, version: number): Promise<JobRow | undefined> => {
    const { costMicroUsd: _, ...fields } = row;
    const item: Record<string, unknown> = {
      ...fields,
      gsi1pk: rows.tenantIndex(row.tenant),
      gsi1sk: `${row.acceptedAt}#${row.jobId}`,
      version: version + 1,
    };
    const set = Object.keys(item).map((name) => `#${name} = :${name}`);
    const absent = Object.keys(JobRow.shape).filter((name) => name !== 'costMicroUsd' && item[name] === undefined);
    const names = Object.fromEntries([...Object.keys(item), ...absent, 'costMicroUsd'].map((name) => [`#${name}`, name]));
    const values = Object.fromEntries(Object.entries(item).map(([name, value]) => [`:${name}`, value]));
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: key(row.tenant, row.jobId, JOB),
        UpdateExpression: [
          `SET ${[...set, '#costMicroUsd = if_not_exists(#costMicroUsd, :nothing)'].join(', ')}`,
          ...(absent.length > 0 ? [`REMOVE ${absent.map((name) => `#${name}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :before',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ...values, ':nothing': 0, ...(version > 0 && { ':before': version }) },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return strip(Attributes);
  };

  const all = async (query: Omit<QueryCommandInput, 'TableName'>, limit = Number.POSITIVE_INFINITY) => {
    const items: Record<string, unknown>[] = [];
    for await (const page of paginateQuery({ client }, { TableName: table, ...query })) {
      items.push(...(page.Items ?? []));
      if (items.length >= limit) break;
    }
    return items.slice(0, limit);
  };

  const under = (tenant: string, jobId: string, prefix: string) =>
    all({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': rows.job(tenant, jobId), ':prefix': prefix },
      ConsistentRead: true,
    });

  return {
    job: async (tenant, jobId) => strip(await read(tenant, jobId)),

    updateJob: (tenant, jobId, change) =>
      patiently(
        `row of ${jobId}`,
        (error) => isConditionFailed(error) || isCrowded(error),
        async () => {
          const item = await read(tenant, jobId);
          const before = strip(item);
          const after = change(before);
          return after ? write(after, Number(item?.version ?? 0)) : before;
        },
      ),

    async addEvent(event) {
      const sk = `event#${String(event.sequence).padStart(SEQUENCE_DIGITS, '0')}#${event.idempotencyKey}`;
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...key(event.tenant, event.jobId, sk), event },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return true;
      } catch (error) {
        if (isConditionFailed(error)) return false;
        throw error;
      }
    },

    addCost: (fact) =>
      patiently(`cost ${fact.factId}`, isCrowded, async () => {
        try {
          await client.send(
            new TransactWriteCommand({
              TransactItems: [
                {
                  Put: {
                    TableName: table,
                    Item: { ...key(fact.tenant, fact.jobId, `cost#${fact.factId}`), fact },
                    ConditionExpression: 'attribute_not_exists(pk)',
                  },
                },
                {
                  Update: {
                    TableName: table,
                    Key: key(fact.tenant, fact.jobId, JOB),
                    UpdateExpression: 'ADD costMicroUsd :cost',
                    ExpressionAttributeValues: { ':cost': fact.costMicroUsd },
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

    costs: async (tenant, jobId) => (await under(tenant, jobId, 'cost#')).map((item) => CostFact.parse(item.fact)),
    events: async (tenant, jobId) => (await under(tenant, jobId, 'event#')).map((item) => LifecycleEvent.parse(item.event)),

    async acceptedSince(tenant, instant) {
      const items = await all({
        IndexName: TENANT_INDEX,
        KeyConditionExpression: 'gsi1pk = :tenant AND gsi1sk >= :instant', // the sort key begins with the instant
        ExpressionAttributeValues: { ':tenant': rows.tenantIndex(tenant), ':instant': instant },
        ScanIndexForward: false,
      });
      return items.flatMap((item) => strip(item) ?? []);
    },

    async jobsOf(tenant, limit) {
      if (tenant !== undefined) {
        const items = await all(
          {
            IndexName: TENANT_INDEX,
            KeyConditionExpression: 'gsi1pk = :tenant',
            ExpressionAttributeValues: { ':tenant': rows.tenantIndex(tenant) },
            ScanIndexForward: false,
            Limit: limit,
          },
          limit,
        );
        return items.flatMap((item) => strip(item) ?? []);
      }
      // Nobody asks for all tenants but an operator: the index holds job rows only, so the scan reads jobs and nothing else.
      const found: JobRow[] = [];
      for await (const page of paginateScan({ client }, { TableName: table, IndexName: TENANT_INDEX }))
        found.push(...(page.Items ?? []).flatMap((item) => strip(item) ?? []));
      return found.sort((a, b) => (a.acceptedAt < b.acceptedAt ? 1 : -1)).slice(0, limit);
    },
  };
}
