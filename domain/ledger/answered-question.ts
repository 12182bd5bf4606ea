import type { LifecycleEvent } from '#contracts/events';
import type { AnsweredQuestion } from '#contracts/ledger';
import { isRule } from '#domain/review/auto-approval';

/** The line of an answer; `undefined` for all other events, and for answers of before it was told whose question it was. */
export function answeredQuestion(event: LifecycleEvent): AnsweredQuestion | undefined {
  if (event.type !== 'review.decided' || !event.about) return undefined;
  const { subject, outcome, reviewer, requestedAt, decidedAt, round = 1 } = event.decision;
  return {
    ...{ jobId: event.jobId, tenant: event.tenant },
    ...event.about,
    ...{ subject, round, outcome, requestedAt, decidedAt },
    answeredBy: isRule(reviewer) ? 'rule' : 'person',
    day: decidedAt.slice(0, 10),
  };
}

/** Seconds from an accepted brief to the first question about its preview; `undefined` for all other events. */
export function secondsToPreview(event: LifecycleEvent): number | undefined {
  if (event.type !== 'review.requested' || event.subject !== 'preview' || (event.round ?? 1) > 1 || !event.about) return undefined;
  return Math.max(0, Date.parse(event.at) - Date.parse(event.about.acceptedAt)) / 1000;
}
