import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { tenantOfJob } from '#contracts/identity';
import { rows } from '#contracts/keys';
import { ReviewItem, ReviewKind, ReviewSubject } from '#contracts/review';
import type { ReviewKey, ReviewStore } from '#domain/ports';
import { settledAt } from '#domain/review/settlement';
import { dynamo } from './clients.ts';
import { isConditionFailed, patiently } from './ledger-conflicts.ts';

/**
 * A row as the table holds it: the item, the token that must not leave (an audit has none), the version of the optimistic lock (rows of
 * before it was kept have none), and table keys that are dropped here.
 */
const Row = z.object({ ...ReviewItem.shape, taskToken: z.string().min(1).optional(), version: z.int().positive().optional() });
type Row = z.infer<typeof Row>;

/** Partition of the index `by-review` that holds what waits, by deadline. */
const WAITING = 'waiting';
/** What was settled lies in the same index by day, so that no partition grows without end. */
const settledOn = (day: string): string => `settled#${day}`;
const dayOf = (instant: string): string => instant.slice(0, 10);

const SUBJECTS = [...ReviewSubject.options].sort();
const itemOf = ({ taskToken: _token, version: _version, ...item }: Row): ReviewItem => item;
const sortKeyOf = ({ subject, kind }: Omit<ReviewKey, 'jobId'>): string => `review#${subject}${kind === 'audit' ? '#audit' : ''}`;

interface Settings {
  readonly table: string;
  readonly client?: DynamoDBDocumentClient;
  /** The last day that may hold settled rows. */
  readonly now?: () => Date;
}

/** Review rows in the product's table, `review#<subject>` and `review#<subject>#audit` under the job. */
export function openReviewStore({ table, client = dynamo(), now = () => new Date() }: Settings): ReviewStore {
  const keyOf = (which: ReviewKey) => ({ pk: rows.job(tenantOfJob(which.jobId), which.jobId), sk: sortKeyOf(which) });

  const read = async (which: ReviewKey): Promise<Row | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(which), ConsistentRead: true }));
    return Item && Row.parse(Item);
  };

  /** Writes the whole row if it still is as it was read; throws a failed condition when somebody was faster. */
  const write = async (item: ReviewItem, taskToken: string | undefined, before: Row | undefined): Promise<void> => {
    const index =
      item.status === 'waiting'
        ? { gsi2pk: WAITING, gsi2sk: item.deadlineAt }
        : { gsi2pk: settledOn(dayOf(settledAt(item))), gsi2sk: settledAt(item) };
    const version = before?.version;
    await client.send(
      new PutCommand({
        TableName: table,
        Item: { ...keyOf(item), ...item, ...index, taskToken, version: (version ?? 0) + 1 },
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: version === undefined ? 'attribute_exists(pk) AND attribute_not_exists(#version)' : '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ...(version !== undefined && { ExpressionAttributeValues: { ':before': version } }),
            }),
      }),
    );
  };

  const query = async (partition: string, tenant: string | undefined, from?: string): Promise<ReviewItem[]> => {
    const found: ReviewItem[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: 'by-review',
        KeyConditionExpression: from === undefined ? 'gsi2pk = :partition' : 'gsi2pk = :partition AND gsi2sk >= :from',
        ExpressionAttributeValues: {
          ':partition': partition,
          ...(from !== undefined && { ':from': from }),
          ...(tenant !== undefined && { ':tenant': tenant }),
        },
        ...(tenant !== undefined && { FilterExpression: 'tenant = :tenant' }),
      },
    );
    for await (const page of pages) found.push(...(page.Items ?? []).map((row) => itemOf(Row.parse(row))));
    return found;
  };

  return {
    change: (which, change, taskToken) =>
      patiently(`review of ${which.jobId}`, isConditionFailed, async () => {
        const before = await read(which);
        const after = change(before && itemOf(before));
        if (!after) return before && { item: itemOf(before), taskToken: before.taskToken };
        const token = taskToken ?? before?.taskToken;
        await write(after, token, before);
        return { item: after, taskToken: token };
      }),

    // Reads of known keys instead of a query: asking needs no right to list a partition.
    async find(tenant, jobId) {
      if (tenantOfJob(jobId) !== tenant) return [];
      const known = SUBJECTS.flatMap((subject) => ReviewKind.options.map((kind) => ({ jobId, subject, kind })));
      const found = await Promise.all(known.map(read));
      return found.flatMap((row) => (row ? [itemOf(row)] : []));
    },

    waiting: (tenant) => query(WAITING, tenant),

    async settledSince(tenant, instant) {
      const found = await Promise.all(daysBetween(instant, now().toISOString()).map((day) => query(settledOn(day), tenant, instant)));
      return found.flat().sort((one, other) => settledAt(one).localeCompare(settledAt(other)));
    },
  };
}

const DAY_MS = 86_400_000;

/** Every UTC day from one instant to another, both included. */
function daysBetween(from: string, to: string): string[] {
  const first = Date.parse(dayOf(from));
  const count = Math.floor((Date.parse(dayOf(to)) - first) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => dayOf(new Date(first + index * DAY_MS).toISOString()));
}
