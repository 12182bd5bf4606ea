import { openBatchHistory } from '#adapters/aws/batch-history';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { requireEnvironment } from '#contracts/environment';
import { sequenceOf } from '#contracts/events';
import { GenerateInput, JudgeReclaimsInput } from '#contracts/generate';
import { takeOf } from '#contracts/rework';
import { renderIncomplete } from '#domain/errors';
import { takenBack } from '#domain/generate/taken-back';
import type { BatchHistory, EventPublisher, Now } from '#domain/ports';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'generate.judge-reclaims',
  visit: ({ tier }: JudgeReclaimsInput) => `generate:${tier}` as const,
  input: JudgeReclaimsInput,
  output: GenerateInput,
};

interface Neighbours {
  readonly history: BatchHistory;
  readonly publisher: EventPublisher;
  readonly now: Now;
}

const open = (environment: StepSurroundings['environment']): Neighbours => ({
  history: openBatchHistory(),
  publisher: openEventPublisher({ busName: requireEnvironment(environment, ['FRAMEWRIGHT_BUS']).FRAMEWRIGHT_BUS }),
  now: () => new Date(),
});

/**
 * Lets work that failed on spot machines go on where nobody takes machines back, if reclaims are why it failed; otherwise the failure stands.
 * The event says so with the reason: dear machines are never used in silence.
 */
export async function judgeReclaims(
  { problem, ...message }: JudgeReclaimsInput,
  { history, publisher, now }: Neighbours,
): Promise<GenerateInput> {
  const { job, tier, plan } = message;
  const { priceClass } = plan.workers.generate;
  const reason = priceClass === 'gpu-spot' ? takenBack(await history.failedAttempts(problem.batchJobId)) : undefined;
  if (reason === undefined) throw renderIncomplete(`Batch job ${problem.batchJobId}`, problem.cause);
  const visit = `generate:${tier}` as const;
  await publisher.publish([
    {
      type: 'stage.moved',
      schemaVersion: 1,
      idempotencyKey: `${problem.batchJobId}:stage.moved`,
      sequence: sequenceOf(visit, 'moved', { take: takeOf(message) }),
      at: now().toISOString(),
      tenant: job.tenant,
      jobId: job.jobId,
      visit,
      to: 'gpu-on-demand',
      reason,
    },
  ]);
  return message;
}

export const handler = step(contract, open, judgeReclaims);
