import { MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { AcceptedBrief } from '#contracts/job';
import { ReviewItem, ReviewRequest } from '#contracts/review';
import { takeOf } from '#contracts/rework';
import type { ArtifactStore } from '#domain/ports';
import { requestDecision } from '#domain/review/ask';
import { isRule } from '#domain/review/auto-approval';
import type { ReviewNeighbours } from '#domain/review/decide';
import { metrics } from '../observability.ts';
import { parse } from '../parse.ts';
import { step } from '../step.ts';
import { openReview } from './open-review.ts';

/** The machine waits for the token, not for this; the log and a person who tries the function read it. */
const Asked = z.strictObject({ status: ReviewItem.shape.status, deadlineAt: ReviewItem.shape.deadlineAt });

export const contract = {
  name: 'review.request-decision',
  visit: ({ subject }: ReviewRequest) => `review:${subject}` as const,
  input: ReviewRequest,
  output: Asked,
  job: ({ message }: ReviewRequest) => message.job,
  take: ({ message }: ReviewRequest) => takeOf(message),
};

type Neighbours = ReviewNeighbours & { readonly artifacts: Pick<ArtifactStore, 'get'> };

/** Reads the accepted brief for its template and product, then asks a person or a rule. */
export async function ask(request: ReviewRequest, neighbours: Neighbours): Promise<z.infer<typeof Asked>> {
  const { brief: ref } = request.message.job;
  const accepted = parse(AcceptedBrief, JSON.parse(new TextDecoder().decode(await neighbours.artifacts.get(ref))), ref.key);
  const item = await requestDecision(request, accepted.brief, neighbours);
  measureQuestion(item);
  return { status: item.status, deadlineAt: item.deadlineAt };
}

/** Measured as often as asked: a retried state, which is rare, counts again. */
function measureQuestion({ status, decision, round, earlier, requestedAt }: ReviewItem): void {
  const answered = decision && isRule(decision.reviewer);
  if (status === 'waiting' || answered) metrics.addMetric('HumanReviewRatio', MetricUnit.NoUnit, answered ? 0 : 1); // the average is the ratio
  const sentBack = earlier.at(-1);
  if (round > 1 && sentBack && status === 'waiting')
    metrics.addMetric('ReworkSeconds', MetricUnit.Seconds, (Date.parse(requestedAt) - Date.parse(sentBack.decidedAt)) / 1000);
}

export const handler = step(contract, openReview, ask);
