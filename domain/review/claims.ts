import type { ReviewClaim, ReviewItem } from '#contracts/review';

/** A claim lasts 15 minutes from the last sign of life: longer than a ten-minute clip takes to watch, short enough to lend a forgotten one on. */
export const CLAIM_SECONDS = 15 * 60;

export interface Claiming {
  readonly result: 'claimed' | 'released' | 'taken' | 'settled';
  /** How the item stands after it; the very same item when nothing changed. */
  readonly item: ReviewItem;
}

/** Who claims or releases. */
export interface Claimant {
  readonly name: string;
  /** Leads take claims away, and give them back, whoever holds them. */
  readonly lead: boolean;
}

/** Names are compared as people read them: one person must not become two by a capital letter. */
export const samePerson = (one: string, other: string): boolean => plain(one) === plain(other);
/** How many people these names are of. */
export const differentPeople = (names: readonly string[]): number => new Set(names.map(plain)).size;
const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** The claim that lasts at this moment. */
export const lastingClaim = ({ claim }: ReviewItem, now: Date): ReviewClaim | undefined =>
  claim && now.getTime() < Date.parse(claim.until) ? claim : undefined;

/** Whether somebody else holds the item now. */
export const heldByAnother = (item: ReviewItem, name: string, now: Date): boolean => {
  const claim = lastingClaim(item, now);
  return claim !== undefined && !samePerson(claim.reviewer, name);
};

/** Whether it can still be answered at this moment. */
export const isOpen = ({ status, deadlineAt }: ReviewItem, now: Date): boolean =>
  status === 'waiting' && now.getTime() < Date.parse(deadlineAt);

/** Claims the item, or renews the claim: whoever works on it claims it again now and then. */
export function claimed(item: ReviewItem, by: Claimant, now: Date): Claiming {
  if (!isOpen(item, now)) return { result: 'settled', item };
  if (heldByAnother(item, by.name, now) && !by.lead) return { result: 'taken', item };
  const held = lastingClaim(item, now);
  const at = held && samePerson(held.reviewer, by.name) ? held.at : now.toISOString();
  const until = new Date(now.getTime() + CLAIM_SECONDS * 1000).toISOString();
  return { result: 'claimed', item: { ...item, claim: { reviewer: by.name, at, until } } };
}

/** Gives the item back. Releasing what nobody holds changes nothing. */
export function released(item: ReviewItem, by: Claimant, now: Date): Claiming {
  if (!isOpen(item, now)) return { result: 'settled', item };
  if (heldByAnother(item, by.name, now) && !by.lead) return { result: 'taken', item };
  return { result: 'released', item: unclaimed(item) };
}

/** The item without a claim; itself when it has none. */
export function unclaimed(item: ReviewItem): ReviewItem {
  if (!item.claim) return item;
  const { claim: _, ...rest } = item;
  return rest;
}
