import type { ReviewItem } from '#contracts/review';

/** One asking of a question: a row that was asked three times is three of these. */
export interface Question extends Pick<ReviewItem, 'jobId' | 'subject' | 'kind' | 'round' | 'template'> {
  /** Milliseconds since 1970, like every time here. */
  readonly askedAt: number;
  /** Absent while it waits, and when nobody needed an answer any more: its job ended before the deadline. */
  readonly end?: {
    readonly at: number;
    readonly outcome: 'approved' | 'rejected' | 'rework' | 'expired';
    /** Who answered: a person, two, or a rule; nobody when it expired. */
    readonly by: readonly string[];
    readonly isAutomatic: boolean;
  };
}

const RULE = 'rule:';
type Decision = ReviewItem['earlier'][number];

const endOf = ({ decidedAt, outcome, reviewer, secondReviewer }: Decision): NonNullable<Question['end']> => ({
  at: Date.parse(decidedAt),
  outcome,
  by: secondReviewer === undefined ? [reviewer] : [reviewer, secondReviewer],
  isAutomatic: reviewer.startsWith(RULE),
});

/** Every asking that a row remembers, oldest first. */
export function questionsOf(item: ReviewItem): Question[] {
  const { jobId, subject, kind, template } = item;
  const asked = (round: number, requestedAt: string) => ({ jobId, subject, kind, template, round, askedAt: Date.parse(requestedAt) });
  const earlier = item.earlier.map((decision, index) => ({
    ...asked(decision.round ?? index + 1, decision.requestedAt),
    end: endOf(decision),
  }));
  const now = asked(item.round, item.requestedAt);
  if (item.decision) return [...earlier, { ...now, end: endOf(item.decision) }];
  const closedAt = item.status === 'expired' ? Date.parse(item.closed?.at ?? item.deadlineAt) : undefined;
  if (closedAt === undefined || closedAt < Date.parse(item.deadlineAt)) return [...earlier, now];
  return [...earlier, { ...now, end: { at: closedAt, outcome: 'expired', by: [], isAutomatic: false } }];
}
