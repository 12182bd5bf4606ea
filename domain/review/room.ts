import type { LifecycleEvent } from '#contracts/events';
import type { ReviewItem } from '#contracts/review';
import type { ClaimOutput, Me } from '#contracts/review-api';
import type { EventPublisher, Now, ReviewKey, ReviewStore } from '#domain/ports';
import { type Claimant, type Claiming, claimed, lastingClaim, released, samePerson } from './claims.ts';
import * as facts from './facts.ts';

export interface RoomNeighbours {
  readonly reviews: ReviewStore;
  readonly publisher: EventPublisher;
  readonly now: Now;
}

/** Takes a question, or renews the claim on it. Whether the person may see the tenant is decided before. */
export const claim = (which: ReviewKey, me: Pick<Me, 'name' | 'role'>, to: RoomNeighbours): Promise<ClaimOutput> =>
  changeClaim(which, me, to, claimed);

/** Gives a question back. */
export const release = (which: ReviewKey, me: Pick<Me, 'name' | 'role'>, to: RoomNeighbours): Promise<ClaimOutput> =>
  changeClaim(which, me, to, released);

/** Told after it is written: whoever dies in between leaves the bus without a word, and the row says how it stands all the same. */
async function changeClaim(
  which: ReviewKey,
  me: Pick<Me, 'name' | 'role'>,
  { reviews, publisher, now }: RoomNeighbours,
  change: typeof claimed,
): Promise<ClaimOutput> {
  const by: Claimant = { name: me.name, lead: me.role !== 'reviewer' };
  const seen: { before?: ReviewItem; claiming?: Claiming; at?: Date } = {};
  const standing = await reviews.change(which, (item) => {
    if (!item) return undefined;
    const at = now();
    Object.assign(seen, { before: item, at, claiming: change(item, by, at) } satisfies typeof seen);
    return seen.claiming === undefined || seen.claiming.item === item ? undefined : seen.claiming.item;
  });
  const { before, claiming, at } = seen;
  if (!standing || !claiming || !before || !at) return { result: 'not-found' };
  const told = claimNews(before, claiming, at);
  if (told.length > 0) await publisher.publish(told);
  const { dossier: _, ...item } = standing.item;
  return { result: claiming.result, item };
}

/** What the bus is told of a claim that was made, renewed or given back; nothing where nothing changed. */
export function claimNews(before: ReviewItem, { result, item }: Claiming, now: Date): LifecycleEvent[] {
  if (result !== 'claimed' && result !== 'released') return [];
  const at = now.toISOString();
  const old = before.claim;
  const lasted = lastingClaim(before, now) !== undefined;
  if (result === 'released') return old ? [facts.released(before, old, lasted ? 'given-back' : 'ran-out', at)] : [];
  if (!item.claim) return [];
  const isAnother = old !== undefined && old.at !== item.claim.at;
  const because = lasted && old && !samePerson(old.reviewer, item.claim.reviewer) ? 'taken-away' : 'ran-out';
  return [...(isAnother ? [facts.released(before, old, because, at)] : []), facts.claimed(item, item.claim)];
}
