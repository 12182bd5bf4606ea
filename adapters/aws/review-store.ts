import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { tenantOfJob } from '#contracts/identity';
import { rows } from '#contracts/keys';
import { ReviewItem, ReviewSubject } from '#contracts/review';
import type { ReviewStore } from '#domain/ports';
import { settlement } from '#domain/review/settlement';
import { dynamo } from './clients.ts';

/** A row as the table holds it: the item, the token that must not leave, and table keys that are dropped here. */
const Row = z.object({ ...ReviewItem.shape, taskToken: z.string().min(1) });
type Row = z.infer<typeof Row>;

/** Partition of the sparse index `by-review`: only waiting rows carry it. */
const WAITING = 'waiting';
const withoutToken = ({ taskToken: _, ...item }: Row): ReviewItem => item;

/** Review rows in the product's table, `review#<subject>` under the job; the index `by-review` lists what waits, by deadline. */
export function openReviewStore({ table, client = dynamo() }: { table: string; client?: DynamoDBDocumentClient }): ReviewStore {
  const keyOf = (jobId: string, subject: ReviewSubject) => ({ pk: rows.job(tenantOfJob(jobId), jobId), sk: `review#${subject}` });

  const read = async (jobId: string, subject: ReviewSubject): Promise<Row | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(jobId, subject), ConsistentRead: true }));
    return Item && Row.parse(Item);
  };
  const query = async (input: Omit<Parameters<typeof paginateQuery>[1], 'TableName'>): Promise<ReviewItem[]> => {
    const found: ReviewItem[] = [];
    for await (const page of paginateQuery({ client }, { TableName: table, ...input }))
      found.push(...(page.Items ?? []).map((row) => withoutToken(Row.parse(row))));
    return found;
  };
  /** Applies an update while the row still is as expected; `undefined` when somebody was faster. */
  const update = async (input: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName'>): Promise<Row | undefined> => {
    try {
      const { Attributes } = await client.send(new UpdateCommand({ TableName: table, ReturnValues: 'ALL_NEW', ...input }));
      return Row.parse(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };

  return {
    async request(item, taskToken) {
      await update({
        Key: keyOf(item.jobId, item.subject),
        UpdateExpression:
          'SET jobId = :job, tenant = :tenant, subject = :subject, #status = :waiting, reasons = :reasons, ' +
          'requestedAt = if_not_exists(requestedAt, :requested), deadlineAt = :deadline, taskToken = :token, gsi2pk = :index, gsi2sk = :deadline',
        ConditionExpression: 'attribute_not_exists(pk) OR #status = :waiting',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':job': item.jobId,
          ':tenant': item.tenant,
          ':subject': item.subject,
          ':waiting': 'waiting',
          ':reasons': item.reasons,
          ':requested': item.requestedAt,
          ':deadline': item.deadlineAt,
          ':token': taskToken,
          ':index': WAITING,
        },
      });
    },

    // Three reads of known keys instead of a query: asking needs no right to list a partition.
    async find(tenant, jobId) {
      if (tenantOfJob(jobId) !== tenant) return [];
      const found = await Promise.all([...ReviewSubject.options].sort().map((subject) => read(jobId, subject)));
      return found.flatMap((row) => (row ? [withoutToken(row)] : []));
    },

    waiting: (tenant) =>
      query({
        IndexName: 'by-review',
        KeyConditionExpression: 'gsi2pk = :waiting',
        ExpressionAttributeValues: { ':waiting': WAITING, ...(tenant === undefined ? {} : { ':tenant': tenant }) },
        ...(tenant === undefined ? {} : { FilterExpression: 'tenant = :tenant' }),
      }),

    async settle(input, decision) {
      const { subject } = decision;
      const before = await read(input.jobId, subject);
      if (!before) return { result: 'not-found' };
      const { result, item } = settlement(withoutToken(before), decision);
      if (before.status !== 'waiting') return { result, item, ...(result === 'already-decided' ? { taskToken: before.taskToken } : {}) };

      const settled = await update({
        Key: keyOf(input.jobId, subject),
        UpdateExpression: `SET #status = :status${item.decision ? ', decision = :decision' : ''} REMOVE gsi2pk, gsi2sk`,
        // The deadline is part of the condition: a new request that came in between moves it, and must not be settled as late.
        ConditionExpression: '#status = :waiting AND deadlineAt = :deadline',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':status': item.status,
          ':waiting': 'waiting',
          ':deadline': before.deadlineAt,
          ...(item.decision ? { ':decision': item.decision } : {}),
        },
      });
      if (!settled) return this.settle(input, decision);
      return { result, item: withoutToken(settled), ...(result === 'decided' ? { taskToken: settled.taskToken } : {}) };
    },
  };
}
