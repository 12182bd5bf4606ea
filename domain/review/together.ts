import { MAX_TOGETHER, type ReviewItem } from '#contracts/review';
import { CLAIM_SECONDS, heldByAnother, isOpen, lastingClaim, unclaimed } from './claims.ts';
import { expectedSeconds, secondsBeside } from './handling.ts';

/**
 * Whether a question may be answered beside its like: a preview with a look, first time asked, in which no check, no hint and no mask gave a
 * reason to look closer, and that nobody has left out before. What needs two people or is of a category kept for people has a finding, so it is
 * never among these: everybody who is asked about such a clip sees it alone.
 */
export const isPlain = (item: ReviewItem): boolean =>
  item.kind === 'decision' &&
  item.subject === 'preview' &&
  item.round === 1 &&
  item.look !== undefined &&
  item.risk === 'low' &&
  item.categories.length === 0 &&
  !item.needsSecond &&
  item.firstApproval === undefined &&
  item.leftOut === undefined;

/** Whether both are of one campaign and one look, so that only the product differs. */
export const isLike = (one: ReviewItem, other: ReviewItem): boolean =>
  one.tenant === other.tenant && one.campaign === other.campaign && one.look !== undefined && one.look === other.look;

/** Seconds that a reviewer is expected to need for all of them: the first is watched as if it were alone. */
export const expectedSecondsTogether = ([first, ...rest]: readonly ReviewItem[]): number =>
  first ? expectedSeconds(first) + rest.reduce((sum, item) => sum + secondsBeside(item), 0) : 0;

/**
 * What a person may answer in one look with `lead`: itself first, then what they hold of its like already, then the rest in the order of
 * `waiting`, as many as can be watched before a claim ends. Whoever asks again while they look keeps what they see, and is shown what came
 * meanwhile. Only `lead` when there is nothing beside it; nothing when it has to be seen alone, or somebody else is at it.
 */
export function togetherWith(lead: ReviewItem, waiting: readonly ReviewItem[], name: string, now: Date): ReviewItem[] {
  const mayJoin = (item: ReviewItem): boolean => isOpen(item, now) && isPlain(item) && !heldByAnother(item, name, now);
  if (!mayJoin(lead)) return [];
  const like = waiting.filter((item) => item.jobId !== lead.jobId && isLike(lead, item) && mayJoin(item));
  const isHeld = (item: ReviewItem): boolean => lastingClaim(item, now) !== undefined;
  const together = [lead];
  for (const item of [...like.filter(isHeld), ...like.filter((one) => !isHeld(one))]) {
    if (together.length === MAX_TOGETHER) break;
    if (expectedSecondsTogether([...together, item]) <= CLAIM_SECONDS) together.push(item);
  }
  return together;
}

/** The question as it stands after a person left it out: free, and for a person by itself. The first to leave it out is kept. */
export const leftOut = (item: ReviewItem, reviewer: string, now: Date): ReviewItem => ({
  ...unclaimed(item),
  leftOut: item.leftOut ?? { reviewer, at: now.toISOString() },
});
