import type { Brief } from '#contracts/brief';
import { DecideInput, type ReviewItem, type ReviewRequest } from '#contracts/review';
import { reviewerOf, ruleFor } from './auto-approval.ts';
import { answerQuestion, type ReviewNeighbours, settled } from './decide.ts';
import { keepDossier } from './dossier.ts';
import * as facts from './facts.ts';
import { clipSecondsOf, type Question } from './question.ts';
import { reasonsToAsk } from './reasons.ts';
import { categoriesOf, needsSecondReviewer, riskOf } from './risk.ts';
import { type Asked, askedAgain, roundToAsk } from './rounds.ts';

/**
 * Asks about a brief or a render: keeps what it is about, and puts the question into the queue, or answers it at once when a rule covers it.
 * A question that was answered before (a retried state has a new token) is not asked again: the standing answer goes to the new token. One
 * that was sent back and made anew is asked again, one round later.
 */
export async function requestDecision(
  request: ReviewRequest,
  brief: Pick<Brief, 'template' | 'product'>,
  to: ReviewNeighbours,
): Promise<ReviewItem> {
  const { subject, message, taskToken } = request;
  const { jobId, tenant } = message.job;
  const question: Question = { subject, template: brief.template, message };

  const before = (await to.reviews.find(tenant, jobId)).find((item) => item.subject === subject && item.kind === 'decision');
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
  const rule = item.status === 'waiting' ? ruleFor(question, await suspendedRules(to)) : undefined;
  if (!rule) return item;
  const approval = { jobId, subject, round: item.round, outcome: 'approved', reviewer: reviewerOf(rule), reason: rule.because };
  return (await answerQuestion(DecideInput.parse(approval), to)).item ?? item;
}

async function describe(
  request: ReviewRequest,
  { template, product }: Pick<Brief, 'template' | 'product'>,
  question: Question,
  round: number,
  to: ReviewNeighbours,
): Promise<Asked> {
  const { subject, message, timeoutSeconds } = request;
  const { jobId, tenant, campaign } = message.job;
  const dossier = await keepDossier(request, round, to.artifacts);
  const now = to.now();
  return {
    jobId,
    tenant,
    subject,
    kind: 'decision',
    status: 'waiting',
    requestedAt: now.toISOString(),
    deadlineAt: new Date(now.getTime() + timeoutSeconds * 1000).toISOString(),
    reasons: reasonsToAsk(question),
    categories: categoriesOf(question),
    risk: riskOf(question),
    needsSecond: needsSecondReviewer(question),
    template,
    campaign,
    product: product.name,
    clipSeconds: clipSecondsOf(question),
    dossier,
  };
}

async function suspendedRules({ rules }: Pick<ReviewNeighbours, 'rules'>): Promise<Set<string>> {
  return new Set((await rules.all()).filter(({ suspended }) => suspended !== undefined).map(({ name }) => name));
}
