import type { QueueEntry } from '#contracts/review-api';
import { questionKey } from './question.ts';

/** A row as it is shown; `gone` rows stay where they are until the list is brought up to date, so nothing moves under the cursor. */
export interface QueueRow {
  readonly key: string;
  readonly entry: QueueEntry;
  readonly gone: boolean;
}

export interface MergedQueue {
  readonly rows: readonly QueueRow[];
  /** Questions that are in the queue and not on the screen. */
  readonly arrived: number;
  /** Rows on the screen whose question is answered. */
  readonly departed: number;
}

/** A list as the server has it. */
export const freshRows = (entries: readonly QueueEntry[]): readonly QueueRow[] =>
  entries.map((entry) => ({ key: questionKey(entry), entry, gone: false }));

const sameFacts = (one: QueueEntry, other: QueueEntry): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Brings the facts of every shown row up to date without moving one: order, length and positions stay. What came and what went is
 * counted, and shown when the reader asks for it (`freshRows`). A row whose facts did not change keeps its identity.
 */
export function mergeInPlace(shown: readonly QueueRow[], entries: readonly QueueEntry[]): MergedQueue {
  const fresh = new Map(entries.map((entry) => [questionKey(entry), entry]));
  const rows = shown.map((row): QueueRow => {
    const entry = fresh.get(row.key);
    if (!entry) return row.gone ? row : { ...row, gone: true };
    return !row.gone && sameFacts(entry, row.entry) ? row : { key: row.key, entry, gone: false };
  });
  const departed = rows.filter((row) => row.gone).length;
  return { rows, arrived: fresh.size - (rows.length - departed), departed };
}

/** Whether the fresh list moves nothing that is on the screen: the same rows in the same places, and perhaps more below the last. */
export const movesNothing = (shown: readonly QueueRow[], entries: readonly QueueEntry[]): boolean =>
  shown.length <= entries.length && shown.every((row, index) => row.key === questionKey(entries[index]!));

/** `3 new, 1 answered`; empty when there is nothing to tell. */
export function changesWord({ arrived, departed }: Pick<MergedQueue, 'arrived' | 'departed'>): string {
  return [arrived > 0 ? `${arrived} new` : '', departed > 0 ? `${departed} answered` : ''].filter(Boolean).join(', ');
}
