import type { QueueEntry } from '#contracts/review-api';
import { type QuestionId, questionKey, whose } from './question.ts';

/** The most urgent question that this person may take: what is offered after a decision. Their own claims come first. */
export function nextQuestion(entries: readonly QueueEntry[], me: string, now: number, not?: QuestionId): QueueEntry | undefined {
  const skipped = not && questionKey(not);
  const open = entries.filter((entry) => entry.mine && questionKey(entry) !== skipped && entry.firstApproval?.reviewer !== me);
  return open.find((entry) => whose(entry, me, now) === 'mine') ?? open.find((entry) => whose(entry, me, now) === 'free');
}
