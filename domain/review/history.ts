import type { LifecycleEvent } from '#contracts/events';
import type { ReviewItem } from '#contracts/review';
import type { HistoryEntry } from '#contracts/review-api';

/** Words for people. Steps that came and went as they should are left out: they are in the costs. */
function told(event: LifecycleEvent): Omit<HistoryEntry, 'at'> | undefined {
  switch (event.type) {
    case 'brief.accepted':
      return { what: 'brief accepted', detail: event.briefKey };
    case 'brief.parked':
      return { what: 'brief waits for files', detail: event.missing.join(', ') };
    case 'stage.moved':
      return { what: `${event.visit} goes on elsewhere`, detail: `${event.to}: ${event.reason}` };
    case 'stage.failed':
      return { what: `${event.visit} failed`, detail: `${event.error}: ${event.cause}` };
    case 'review.requested':
      return { what: `asked about the ${event.subject}`, detail: event.reasons.join(' ') };
    case 'review.decided': {
      const { subject, outcome, reviewer, secondReviewer, reason, together } = event.decision;
      const beside =
        together && `seen beside ${together.of - 1} of its campaign${together.leftOut > 0 ? `, ${together.leftOut} left out` : ''}`;
      const detail = [reason, beside].filter(Boolean).join('; ');
      return {
        what: `${subject} ${outcome === 'rework' ? 'sent back' : outcome}`,
        who: secondReviewer === undefined ? reviewer : `${reviewer}, ${secondReviewer}`,
        ...(detail !== '' && { detail }),
      };
    }
    case 'review.claimed':
      return { what: 'claimed', who: event.reviewer, detail: `until ${event.until}` };
    case 'review.released': {
      const what = { 'given-back': 'given back', 'taken-away': 'claim taken away by a lead', 'ran-out': 'claim ran out' }[event.because];
      return { what, who: event.reviewer };
    }
    case 'review.escalated':
      return { what: `deadline of the ${event.subject} is near, leads were told` };
    case 'review.sampled':
      return { what: `${event.subject} chosen for an audit`, who: `rule:${event.rule}` };
    case 'review.audited':
      return {
        what: `audit ${event.agreed ? 'agreed with' : 'disagreed with'} rule ${event.rule}`,
        who: event.reviewer,
        ...(event.reason !== '' && { detail: event.reason }),
      };
    case 'rule.suspended':
      return { what: `rule ${event.rule} suspended`, detail: event.reason };
    case 'job.published':
      return { what: 'published' };
    case 'job.concluded':
      return { what: event.outcome, detail: event.reason };
    default:
      return undefined;
  }
}

/** What happened to the job, oldest first: its events, and what only the row of the question knows. */
export function historyOf(item: ReviewItem, events: readonly LifecycleEvent[]): HistoryEntry[] {
  const { claim, firstApproval, leftOut } = item;
  const copies = new Map(events.map((event) => [event.idempotencyKey, event]));
  const entries = [...copies.values()].flatMap((event) => {
    const entry = told(event);
    return entry ? [{ at: event.at, ...entry }] : [];
  });
  // The bus may be slower than the row.
  const isTold = ({ at, reviewer }: NonNullable<ReviewItem['claim']>): boolean =>
    events.some((event) => event.type === 'review.claimed' && event.at === at && event.reviewer === reviewer);
  const ofRow: HistoryEntry[] = [
    ...(claim && !isTold(claim) ? [{ at: claim.at, what: 'claimed', who: claim.reviewer, detail: `until ${claim.until}` }] : []),
    ...(leftOut ? [{ at: leftOut.at, what: 'left out of what was approved beside it', who: leftOut.reviewer }] : []),
    ...(firstApproval
      ? [
          {
            at: firstApproval.at,
            what: 'approved by the first of two',
            who: firstApproval.reviewer,
            ...(firstApproval.reason !== '' && { detail: firstApproval.reason }),
          },
        ]
      : []),
  ];
  return [...entries, ...ofRow].sort((one, other) => one.at.localeCompare(other.at));
}
