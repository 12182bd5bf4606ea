import { createHash } from 'node:crypto';
import type { ReviewItem } from '#contracts/review';
import { type Me, type QueuePage, QueueQuery } from '#contracts/review-api';
import type { Now, ReviewStore } from '#domain/ports';
import { queuePage } from '#domain/review/queue-page';
import { inOrderOfUrgency } from '#domain/review/urgency';
import { type ApiAnswer, answerOf, notModified } from './api-answer.ts';
import type { ApiRequest } from './api-request.ts';

/** Consoles look every few seconds; twenty of them may share one reading of the table. */
const SAME_READING_MS = 2_000;

/** What waits, in its order, read at most every two seconds; several requests at once wait for one reading. */
export interface Waiting {
  ranked(): Promise<readonly ReviewItem[]>;
  /** Somebody changed a row through here and must see it at once. */
  forget(): void;
}

export function openWaiting({ reviews, now }: { readonly reviews: Pick<ReviewStore, 'waiting'>; readonly now: Now }): Waiting {
  let reading: { readonly at: number; readonly ranked: Promise<readonly ReviewItem[]> } | undefined;
  return {
    ranked() {
      const at = now();
      if (!reading || at.getTime() - reading.at >= SAME_READING_MS) {
        const ranked = reviews.waiting().then((items) => inOrderOfUrgency(items, at));
        ranked.catch(() => this.forget()); // a reading that failed is not kept
        reading = { at: at.getTime(), ranked };
      }
      return reading.ranked;
    },
    forget() {
      reading = undefined;
    },
  };
}

/** A page of the queue, or 304 when the asker has it already. */
export async function answerQueue({ me, query, header }: ApiRequest, waiting: Waiting, now: Now): Promise<ApiAnswer> {
  const wanted = query(QueueQuery);
  const page = queuePage(await waiting.ranked(), wanted, me, now());
  const etag = etagOf(page, wanted, me);
  const known = (header('if-none-match') ?? '').split(',').map((one) => one.trim());
  return known.includes(etag) ? notModified(etag) : answerOf(page, { etag });
}

/**
 * Equal for equal pages of the same person. The person is part of it, so that nobody learns by guessing what another one's queue holds.
 * The clock is not: `at` and the growing urgency leave a page unchanged until they change its order.
 */
function etagOf({ entries, total }: QueuePage, query: QueueQuery, me: Me): string {
  const hash = createHash('sha256').update(JSON.stringify([me, query, total]));
  for (const { urgency: _, ...entry } of entries) hash.update(JSON.stringify(entry));
  return `W/"${hash.digest('base64url').slice(0, 22)}"`; // 132 bits: nobody finds two pages that share them
}
