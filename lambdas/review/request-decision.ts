import { MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openReviewStore } from '#adapters/aws/review-store';
import { openRuleStore } from '#adapters/aws/rule-store';
import { openTaskTokens } from '#adapters/aws/task-tokens';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { ReviewItem, ReviewRequest } from '#contracts/review';
import type { ArtifactStore } from '#domain/ports';
import { requestDecision } from '#domain/review/ask';
import { isRule } from '#domain/review/auto-approval';
import type { ReviewNeighbours } from '#domain/review/decide';
import { screenWords } from '#domain/review/screen-words';
import { metrics } from '../observability.ts';
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';

/** The machine waits for the token, not for this; the log and a person who tries the function read it. */
const Asked = z.strictObject({ status: ReviewItem.shape.status, deadlineAt: ReviewItem.shape.deadlineAt });

export const contract = {
  name: 'review.request-decision',
  visit: ({ subject }: ReviewRequest) => `review:${subject}` as const,
  input: ReviewRequest,
  output: Asked,
  job: ({ message }: ReviewRequest) => message.job,
};

type Neighbours = ReviewNeighbours & { readonly artifacts: Pick<ArtifactStore, 'get'> };

const open = (environment: StepSurroundings['environment']): Neighbours => {
  const { FRAMEWRIGHT_TABLE, FRAMEWRIGHT_BUS, FRAMEWRIGHT_ARTIFACTS_BUCKET } = requireEnvironment(environment, [
    'FRAMEWRIGHT_TABLE',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
  ]);
  return {
    reviews: openReviewStore({ table: FRAMEWRIGHT_TABLE }),
    rules: openRuleStore({ table: FRAMEWRIGHT_TABLE }),
    screenWords,
    tokens: openTaskTokens(),
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    artifacts: openArtifactStore({ bucket: FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    now: () => new Date(),
  };
};

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

export const handler = step(contract, open, ask);
