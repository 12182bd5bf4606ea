import type { ReviewItem } from '#contracts/review';
import type { Me, QueueEntry, QueuePage, QueueQuery } from '#contracts/review-api';
import { sees } from './access.ts';
import { whyNotMine } from './mine.ts';
import { urgency } from './urgency.ts';

/**
 * One person's page of the queue. `ranked`: everything that waits, the most urgent first. What a person may not see is not counted either:
 * `total` is theirs.
 */
export function queuePage(ranked: readonly ReviewItem[], query: QueueQuery, me: Me, now: Date): QueuePage {
  const { tenant, subject, kind, offset, limit } = query;
  const wanted = ranked.filter(
    (item) =>
      sees(me, item.tenant) &&
      (tenant === undefined || item.tenant === tenant) &&
      (subject === undefined || item.subject === subject) &&
      (kind === undefined || item.kind === kind),
  );
  const entries = wanted.slice(offset, offset + limit).map((item) => entryOf(item, me, now));
  return { entries, total: wanted.length, at: now.toISOString() };
}

/** A row as one person is shown it. */
export function entryOf(item: ReviewItem, me: Me, now: Date): QueueEntry {
  const { dossier: _dossier, earlier: _earlier, decision: _decision, ...row } = item;
  return { ...row, urgency: urgency(item, now), mine: whyNotMine(item, me, now) === undefined };
}
