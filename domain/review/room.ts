import type { ClaimOutput, Me } from '#contracts/review-api';
import type { Now, ReviewKey, ReviewStore } from '#domain/ports';
import { type Claimant, type Claiming, claimed, released } from './claims.ts';

export interface RoomNeighbours {
  readonly reviews: ReviewStore;
  readonly now: Now;
}

/** Takes a question, or renews the claim on it. Whether the person may see the tenant is decided before. */
export const claim = (which: ReviewKey, me: Pick<Me, 'name' | 'role'>, to: RoomNeighbours): Promise<ClaimOutput> =>
  changeClaim(which, me, to, claimed);

/** Gives a question back. */
export const release = (which: ReviewKey, me: Pick<Me, 'name' | 'role'>, to: RoomNeighbours): Promise<ClaimOutput> =>
  changeClaim(which, me, to, released);

async function changeClaim(
  which: ReviewKey,
  me: Pick<Me, 'name' | 'role'>,
  { reviews, now }: RoomNeighbours,
  change: typeof claimed,
): Promise<ClaimOutput> {
  const by: Claimant = { name: me.name, lead: me.role !== 'reviewer' };
  const seen: { claiming?: Claiming } = {};
  const standing = await reviews.change(which, (item) => {
    if (!item) return undefined;
    seen.claiming = change(item, by, now());
    return seen.claiming.item === item ? undefined : seen.claiming.item;
  });
  if (!standing || !seen.claiming) return { result: 'not-found' };
  const { dossier: _, ...item } = standing.item;
  return { result: seen.claiming.result, item };
}
