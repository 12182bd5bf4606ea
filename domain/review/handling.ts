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

/** One that is seen beside its like is watched once, and its product held against the photo: storyboard and brand were read with the first. */
const BESIDE_LOOKS = 1;
const COMPARING_SECONDS = 5;

/** Seconds more for a clip that is seen beside another of the same look. */
export const secondsBeside = ({ clipSeconds }: Pick<Work, 'clipSeconds'>): number => COMPARING_SECONDS + clipSeconds * BESIDE_LOOKS;

/** Seconds that a reviewer is expected to need for one answer. */
export function expectedSeconds({ subject, kind, clipSeconds, categories }: Work): number {
  const looking = subject === 'brief' ? PAGE_SECONDS : clipSeconds * (kind === 'audit' ? AUDIT_LOOKS : LOOKS);
  return ARRIVING_SECONDS + looking + CATEGORY_SECONDS * categories.length;
}
