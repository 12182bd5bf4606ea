import { openEventPublisher } from '#adapters/aws/event-publisher';
import { requireEnvironment } from '#contracts/environment';
import { sequenceOf } from '#contracts/events';
import { ConcludeInput, PipelineOutcome } from '#contracts/publish';
import type { EventPublisher, Now } from '#domain/ports';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'publish.conclude-job',
  visit: ({ visit }: ConcludeInput) => visit,
  input: ConcludeInput,
  output: PipelineOutcome,
  take: ({ take }: ConcludeInput) => take,
};

interface Neighbours {
  readonly publisher: EventPublisher;
  readonly now: Now;
}

const open = (environment: StepSurroundings['environment']): Neighbours => ({
  publisher: openEventPublisher({ busName: requireEnvironment(environment, ['FRAMEWRIGHT_BUS']).FRAMEWRIGHT_BUS }),
  now: () => new Date(),
});

/** Says that a job ended without a clip. The event, not the return value, is what moves the job's row. */
export async function concludeJob(input: ConcludeInput, { publisher, now }: Neighbours): Promise<PipelineOutcome> {
  const { job, outcome, visit, take } = input;
  const reason = input.reason || 'no reason was given';
  await publisher.publish([
    {
      type: 'job.concluded',
      schemaVersion: 1,
      idempotencyKey: `${job.jobId}:job.concluded`,
      sequence: sequenceOf(visit, 'concluded', { take }),
      at: now().toISOString(),
      tenant: job.tenant,
      jobId: job.jobId,
      outcome,
      reason,
    },
  ]);
  return { status: outcome, reason };
}

export const handler = step(contract, open, concludeJob);
