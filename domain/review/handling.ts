import type { ReviewItem } from '#contracts/review';

type Work = Pick<ReviewItem, 'subject' | 'kind' | 'clipSeconds' | 'categories' | 'needsSecond'>;

/**
 * Assumed until a deployment has measured its own (`ReviewDecisionSeconds`): a brief is a page of text; a clip is watched about twice (once
 * through, once at the places named), after half a minute of finding one's way; each doubtful category is a place to look at more closely.
 */
const PAGE_SECONDS = 60;
const ARRIVING_SECONDS = 30;
const LOOKS = 2;
const CATEGORY_SECONDS = 20;
/** An audit is looked through once: the machine has gone on, and nothing has to be written. */
const AUDIT_LOOKS = 1;

/** Seconds that a reviewer is expected to need for one answer. */
export function expectedSeconds({ subject, kind, clipSeconds, categories }: Work): number {
  const looking = subject === 'brief' ? PAGE_SECONDS : clipSeconds * (kind === 'audit' ? AUDIT_LOOKS : LOOKS);
  return ARRIVING_SECONDS + looking + CATEGORY_SECONDS * categories.length;
}
