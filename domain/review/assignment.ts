import type { ReviewItem } from '#contracts/review';
import type { Me } from '#contracts/review-api';
import { lastingClaim } from './claims.ts';
import { expectedSeconds } from './handling.ts';
import { isTrained, whyNotMine } from './mine.ts';
import { inOrderOfUrgency } from './urgency.ts';

/** A person on shift, as the room sees them. */
export interface Reviewer extends Pick<Me, 'name' | 'skills'> {
  /** Questions they are at. One at a time: whoever holds two makes one of them wait behind a claim. */
  readonly load: number;
  /** When they go home. */
  readonly shiftEnds: Date;
}

export interface Proposal {
  readonly reviewer: string;
  readonly item: ReviewItem;
}

/**
 * Who takes what next. The most urgent question is given first, to the least versatile of the free people who are trained for it, so that
 * those who can do more are left for what only they can do. Nobody is given what they cannot finish before they go home, what somebody
 * else is at, or a second look at what they approved themselves. Questions that nobody free can take are left out.
 */
export function assign(items: readonly ReviewItem[], reviewers: readonly Reviewer[], now: Date): Proposal[] {
  const free = reviewers.filter(({ load }) => load === 0);
  const unclaimed = items.filter((item) => lastingClaim(item, now) === undefined);
  const versatility = new Map(free.map((one) => [one.name, unclaimed.filter((item) => isTrained(item, one)).length]));
  const proposals: Proposal[] = [];
  for (const item of free.length === 0 ? [] : inOrderOfUrgency(unclaimed, now)) {
    if (free.length === 0) break;
    const able = free.filter((one) => whyNotMine(item, one, now) === undefined && hasTimeFor(item, one, now));
    const chosen = able.reduce<Reviewer | undefined>(
      (best, one) => (best && (versatility.get(best.name) ?? 0) <= (versatility.get(one.name) ?? 0) ? best : one),
      undefined,
    );
    if (!chosen) continue;
    free.splice(free.indexOf(chosen), 1);
    proposals.push({ reviewer: chosen.name, item });
  }
  return proposals;
}

const hasTimeFor = (item: ReviewItem, { shiftEnds }: Reviewer, now: Date): boolean =>
  now.getTime() + expectedSeconds(item) * 1000 <= shiftEnds.getTime();
