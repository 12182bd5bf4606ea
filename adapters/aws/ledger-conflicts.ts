import { setTimeout as wait } from 'node:timers/promises';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Tries of one write: with ten writers on one row each round lets one through, and a Lambda batch is ten messages. */
const TRIES = 20;
/** Longest pause between two tries, in milliseconds; all tries together stay under 2 s on average, far below the function's timeout. */
const LONGEST_PAUSE = 200;

export const isConditionFailed = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/** Two writers met on one item; DynamoDB let neither wait, so the later one comes again. */
export const isCrowded = (error: unknown): boolean =>
  (error instanceof Error && error.name === 'TransactionConflictException') ||
  (error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict'));

/** The first item of the transaction, the fact, was already there. */
export const isFactThere = (error: unknown): boolean =>
  error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed';

/** Repeats `work` while it meets other writers. The pause is random, so that writers who met once do not meet again in step. */
export async function patiently<T>(what: string, isWorthAnotherTry: (error: unknown) => boolean, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthAnotherTry(error)) throw error;
      if (attempt === TRIES) throw new Error(`${what}: met other writers ${TRIES} times in a row`, { cause: error });
      await wait(Math.random() * Math.min(LONGEST_PAUSE, 5 * 2 ** attempt));
    }
  }
}
