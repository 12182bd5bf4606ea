import type { ReviewItem } from '#contracts/review';
import type { EventPublisher, Now, ReviewKey, ReviewStore } from '#domain/ports';
import { lastingClaim, unclaimed } from './claims.ts';
import * as facts from './facts.ts';
import { closed } from './settlement.ts';

/** Share of its time after which a question is brought before the leads: a quarter is left, six hours of a day, enough to find somebody. */
const NEAR = 0.75;

/** What the clock does to a question at this moment. */
export function due({ status, requestedAt, deadlineAt, escalatedAt }: ReviewItem, now: Date): 'expire' | 'escalate' | undefined {
  if (status !== 'waiting') return undefined;
  const [from, until, at] = [Date.parse(requestedAt), Date.parse(deadlineAt), now.getTime()];
  if (at >= until) return 'expire';
  return escalatedAt === undefined && at >= from + NEAR * (until - from) ? 'escalate' : undefined;
}

/** The claim that ended because nobody renewed it, as long as the row still shows it. */
const ranOut = (item: ReviewItem, now: Date): ReviewItem['claim'] =>
  item.status === 'waiting' && lastingClaim(item, now) === undefined ? item.claim : undefined;

export interface Tended {
  readonly escalated: readonly ReviewItem[];
  readonly expired: readonly ReviewItem[];
}

/**
 * Goes through what waits: tells of questions whose deadline is near, once each, and takes those out whose deadline has passed, so that
 * nothing waits for ever. Told before it is marked: a sweep that dies in between tells again, and copies are dropped by their key.
 */
export async function tendQueue(to: {
  readonly reviews: ReviewStore;
  readonly publisher: EventPublisher;
  readonly now: Now;
}): Promise<Tended> {
  const now = to.now();
  const escalated: ReviewItem[] = [];
  const expired: ReviewItem[] = [];
  for (const item of await to.reviews.waiting()) {
    await forgetClaim(item, now, to);
    const what = due(item, now);
    if (what === undefined) continue;
    if (what === 'escalate') await to.publisher.publish([facts.escalated(item, now.toISOString())]);
    const changed = await changeIfDue(item, what, now, to.reviews);
    if (changed) (what === 'escalate' ? escalated : expired).push(changed);
  }
  return { escalated, expired };
}

/** A claim that ran out is told and taken off the row, so that it is told once; whoever claimed anew meanwhile keeps theirs. */
async function forgetClaim(
  item: ReviewItem,
  now: Date,
  { reviews, publisher }: { readonly reviews: ReviewStore; readonly publisher: EventPublisher },
): Promise<void> {
  const claim = ranOut(item, now);
  if (!claim) return;
  await publisher.publish([facts.released(item, claim, 'ran-out', claim.until)]);
  const { jobId, subject, kind } = item;
  await reviews.change({ jobId, subject, kind }, (standing) =>
    standing && ranOut(standing, now)?.at === claim.at ? unclaimed(standing) : undefined,
  );
}

/** Somebody may have answered since the queue was read: the row is looked at again. */
async function changeIfDue(
  { jobId, subject, kind }: ReviewKey,
  what: 'expire' | 'escalate',
  now: Date,
  reviews: ReviewStore,
): Promise<ReviewItem | undefined> {
  const seen: { changed?: ReviewItem | undefined } = {};
  await reviews.change({ jobId, subject, kind }, (item) => {
    seen.changed = item && due(item, now) === what ? changedBy(item, what, now) : undefined;
    return seen.changed;
  });
  return seen.changed;
}

const changedBy = (item: ReviewItem, what: 'expire' | 'escalate', now: Date): ReviewItem =>
  what === 'escalate'
    ? { ...item, escalatedAt: now.toISOString() }
    : closed(item, item.deadlineAt, item.kind === 'audit' ? 'nobody audited it in time' : 'nobody decided before the deadline');
