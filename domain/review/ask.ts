import type { ReviewItem, ReviewRequest } from '#contracts/review';
import { answerByRule } from './by-rule.ts';
import { type ReviewNeighbours, settled } from './decide.ts';
import { keepDossier } from './dossier.ts';
import * as facts from './facts.ts';
import { type LookOfBrief, lookOf } from './look.ts';
import { clipSecondsOf, type Question } from './question.ts';
import { reasonsToAsk } from './reasons.ts';
import { categoriesOf, needsSecondReviewer, riskOf } from './risk.ts';
import { type Asked, askedAgain, roundToAsk } from './rounds.ts';
import { briefSettledBy, findingsOf } from './settled-brief.ts';

/**
 * Asks about a brief or a render: keeps what it is about, and puts the question into the queue, or answers it at once when a rule covers it.
 * A question that was answered before (a retried state has a new token) is not asked again: the standing answer goes to the new token. One
 * that was sent back and made anew is asked again, one round later.
 */
export async function requestDecision(request: ReviewRequest, brief: LookOfBrief, to: ReviewNeighbours): Promise<ReviewItem> {
  const { subject, message, taskToken } = request;
  const { jobId, tenant } = message.job;
  const known = await to.reviews.find(tenant, jobId);
  const question: Question = { subject, template: brief.template, message, briefSettledBy: briefSettledBy(known, message.briefVerdict) };

  const before = known.find((item) => item.subject === subject && item.kind === 'decision');
  const round = roundToAsk(before, message);
  const asked = await describe(request, brief, question, round, to);
  const standing = await to.reviews.change(
    { jobId, subject, kind: 'decision' },
    (item) => askedAgain(item, asked, round, message),
    taskToken,
  );
  if (!standing) throw new Error(`job ${jobId}: expected the question about the ${subject} in the queue, found none`);
  const { item } = standing;
  await to.publisher.publish([facts.requested(item)]);

  if (item.decision) await settled(item, item.decision, taskToken, to);
  if (item.status !== 'waiting') return item;
  return (await answerByRule(item, question, to))?.item ?? item;
}

async function describe(
  request: ReviewRequest,
  brief: LookOfBrief,
  question: Question,
  round: number,
  to: ReviewNeighbours,
): Promise<Asked> {
  const { subject, message, timeoutSeconds } = request;
  const { jobId, tenant, campaign, acceptedAt } = message.job;
  const dossier = await keepDossier(request, round, to.artifacts);
  const look = subject === 'preview' ? lookOf(brief, message) : undefined;
  const now = to.now();
  return {
    jobId,
    tenant,
    subject,
    kind: 'decision',
    ...(message.rework && { take: message.rework.take }),
    status: 'waiting',
    acceptedAt,
    requestedAt: now.toISOString(),
    deadlineAt: new Date(now.getTime() + timeoutSeconds * 1000).toISOString(),
    reasons: reasonsToAsk(question),
    categories: categoriesOf(question),
    risk: riskOf(question),
    needsSecond: needsSecondReviewer(question),
    template: brief.template,
    campaign,
    product: brief.product.name,
    clipSeconds: clipSecondsOf(question),
    dossier,
    ...(look !== undefined && { look }),
    ...(subject === 'brief' && { findings: findingsOf(message.briefVerdict) }),
  };
}
