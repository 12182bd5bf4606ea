import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openReviewStore } from '#adapters/aws/review-store';
import { openRuleStore } from '#adapters/aws/rule-store';
import { openTaskTokens } from '#adapters/aws/task-tokens';
import { requireEnvironment } from '#contracts/environment';
import { DecideInput, DecideOutput } from '#contracts/review';
import { decide, type ReviewNeighbours } from '#domain/review/decide';
import { screenWords } from '#domain/review/screen-words';
import { logger, metrics, traced } from '../observability.ts';
import { parse } from '../parse.ts';
import { measureAnswer } from './answer-metrics.ts';

const fromEnvironment = (): ReviewNeighbours => {
  const { FRAMEWRIGHT_TABLE, FRAMEWRIGHT_BUS, FRAMEWRIGHT_ARTIFACTS_BUCKET } = requireEnvironment(process.env, [
    'FRAMEWRIGHT_TABLE',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
  ]);
  return {
    reviews: openReviewStore({ table: FRAMEWRIGHT_TABLE }),
    rules: openRuleStore({ table: FRAMEWRIGHT_TABLE }),
    artifacts: openArtifactStore({ bucket: FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    screenWords,
    tokens: openTaskTokens(),
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    now: () => new Date(),
  };
};

/** A person's answer, from the command line or a console. It is no step of the machine, so nothing is charged to the job. */
export function answerReview(open: () => ReviewNeighbours) {
  let neighbours: ReviewNeighbours | undefined;

  return async (event: unknown): Promise<DecideOutput> => {
    const input = parse(DecideInput, event, 'review.decide input');
    neighbours ??= open();
    const to = neighbours;
    logger.appendKeys({ jobId: input.jobId, step: 'review.decide' });
    try {
      const output = await traced('review.decide', async () => parse(DecideOutput, await decide(input, to), 'review.decide output'));
      logger.info('review answered', { result: output.result, outcome: input.outcome, reviewer: input.reviewer });
      measureAnswer(output);
      return output;
    } finally {
      metrics.publishStoredMetrics();
      logger.resetKeys();
    }
  };
}

export const handler = answerReview(fromEnvironment);
