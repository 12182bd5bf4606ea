import { DecideInput, DecideOutput } from '#contracts/review';
import { decide, type ReviewNeighbours } from '#domain/review/decide';
import { logger, metrics, traced } from '../observability.ts';
import { parse } from '../parse.ts';
import { measureAnswer } from './answer-metrics.ts';
import { openAnswers } from './open-answers.ts';

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

export const handler = answerReview(() => openAnswers(process.env));
