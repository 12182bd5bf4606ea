import type { Brief } from '#contracts/brief';
import { tenantOfJob } from '#contracts/identity';
import { DecideInput, type DecideOutput, type ReviewDecision, ReviewItem, type ReviewRequest } from '#contracts/review';
import type { EventPublisher, Now, ReviewStore, TaskTokens } from '#domain/ports';
import { ruleFor } from './auto-approval.ts';
import * as facts from './facts.ts';
import { reasonsToAsk } from './reasons.ts';

export interface ReviewNeighbours {
  readonly reviews: ReviewStore;
  readonly tokens: TaskTokens;
  readonly publisher: EventPublisher;
  readonly now: Now;
}

/**
 * Asks about a brief or a render: puts the question into the queue, or answers it at once when a rule covers it. A question that was
 * answered before (a retried state has a new token) is not asked again: the standing answer goes to the new token.
 */
export async function requestDecision(request: ReviewRequest, template: Brief['template'], to: ReviewNeighbours): Promise<ReviewItem> {
  const { job } = request.message;
  const question = { subject: request.subject, template, message: request.message };
  const now = to.now();
  const item = ReviewItem.parse({
    jobId: job.jobId,
    tenant: job.tenant,
    subject: request.subject,
    status: 'waiting',
    requestedAt: now.toISOString(),
    deadlineAt: new Date(now.getTime() + request.timeoutSeconds * 1000).toISOString(),
    reasons: reasonsToAsk(question),
  });
  await to.reviews.request(item, request.taskToken);
  const standing = (await to.reviews.find(job.tenant, job.jobId)).find(({ subject }) => subject === request.subject) ?? item;
  await to.publisher.publish([facts.requested(standing)]);

  const rule = ruleFor(question);
  if (standing.decision) await answer(standing, standing.decision, request.taskToken, to);
  else if (rule && standing.status === 'waiting') {
    const output = await decide(
      DecideInput.parse({
        jobId: job.jobId,
        subject: request.subject,
        outcome: 'approved',
        reviewer: `rule:${rule.name}`,
        reason: rule.because,
      }),
      to,
    );
    return output.item ?? standing;
  }
  return standing;
}

/**
 * Settles a question once and wakes the machine. Whoever calls again, with the same or another answer, hears the standing decision, and
 * the machine is told it once more: a caller that died between settling and waking is healed by the next one.
 */
export async function decide(input: DecideInput, to: ReviewNeighbours): Promise<DecideOutput> {
  const subject = input.subject ?? subjectMeant(await to.reviews.find(tenantOfJob(input.jobId), input.jobId));
  if (!subject) return { result: 'not-found' };

  const decidedAt = to.now().toISOString();
  const { outcome, reviewer, reason } = input;
  const { result, item, taskToken } = await to.reviews.settle(input, {
    subject,
    outcome,
    reviewer,
    reason,
    requestedAt: decidedAt,
    decidedAt,
  });
  if (item?.decision) await answer(item, item.decision, taskToken, to);
  return item ? { result, item } : { result };
}

async function answer(item: ReviewItem, decision: ReviewDecision, taskToken: string | undefined, to: ReviewNeighbours): Promise<void> {
  if (taskToken !== undefined) await to.tokens.succeed(taskToken, decision);
  await to.publisher.publish([facts.decided(item, decision)]);
}

/** A caller who names no subject means the one that waits; when none does, the newest one that was asked about. */
function subjectMeant(items: readonly ReviewItem[]): ReviewItem['subject'] | undefined {
  const newest = [...items].sort((one, other) => other.requestedAt.localeCompare(one.requestedAt));
  return (newest.find(({ status }) => status === 'waiting') ?? newest[0])?.subject;
}
