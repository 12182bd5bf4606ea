import type { ReviewItem } from '#contracts/review';
import { expectedSeconds } from './handling.ts';

/**
 * Slack at which a question is half urgent, in seconds: an hour is a meeting or a lunch, after which there must still be time. The
 * number only sets the scale that people read; the order is the same for any.
 */
const HALF_URGENT_SECONDS = 3_600;

/**
 * How far slack is stretched by risk. A risky question that nobody answers is refused, so waiting is safe but wastes the dearest work, and
 * it more often needs a second person: it is taken as if it had four fifths of its time. No more: a strong preference makes others late.
 */
const STRETCH: Readonly<Record<ReviewItem['risk'], number>> = { high: 0.8, medium: 1, low: 1 };

/** An audit stops nothing, but an unseen mistake of a rule goes on: it is taken as if it had twice its time. */
const AUDIT_STRETCH = 2;

/** Seconds that may pass before work on it must begin, if it takes as long as expected; negative when that moment has passed. */
export function slackSeconds(item: ReviewItem, now: Date): number {
  const people = item.needsSecond && !item.firstApproval ? 2 : 1;
  return (Date.parse(item.deadlineAt) - now.getTime()) / 1000 - people * expectedSeconds(item);
}

/** 0..1, higher first: 1 when work must begin now, 0.5 with an hour to spare, near 0 with days. Risk and kind stretch the time that is left. */
export function urgency(item: ReviewItem, now: Date): number {
  const slack = Math.max(0, slackSeconds(item, now)) * STRETCH[item.risk] * (item.kind === 'audit' ? AUDIT_STRETCH : 1);
  return HALF_URGENT_SECONDS / (HALF_URGENT_SECONDS + slack);
}

/** The order of the queue at one moment: the most urgent first; what is equally urgent by deadline, then by age, then by name. */
export function inOrderOfUrgency(items: readonly ReviewItem[], now: Date): ReviewItem[] {
  const rated = items.map((item) => ({ item, urgency: urgency(item, now) }));
  rated.sort(
    (one, other) =>
      other.urgency - one.urgency ||
      byText(one.item.deadlineAt, other.item.deadlineAt) ||
      byText(one.item.requestedAt, other.item.requestedAt) ||
      byText(nameOf(one.item), nameOf(other.item)),
  );
  return rated.map(({ item }) => item);
}

const nameOf = ({ jobId, subject, kind }: ReviewItem): string => `${jobId}#${subject}#${kind}`;
/** Instants and ids sort as their letters do; `localeCompare` would ask a dictionary about each pair. */
const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
