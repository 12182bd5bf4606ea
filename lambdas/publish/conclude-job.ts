import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { requireEnvironment } from '#contracts/environment';
import { sequenceOf } from '#contracts/events';
import { AcceptedBrief } from '#contracts/job';
import type { MicroUsd } from '#contracts/money';
import { ConcludeInput, PipelineOutcome } from '#contracts/publish';
import { gpuCostAvoided, isBeforeFinal } from '#domain/ledger/avoided-cost';
import { templates } from '#domain/plan/templates';
import type { ArtifactStore, EventPublisher, Now } from '#domain/ports';
import { logger } from '../observability.ts';
import { parse } from '../parse.ts';
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
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  readonly defaultMotion: string;
  readonly now: Now;
}

const open = (environment: StepSurroundings['environment']): Neighbours => {
  const { FRAMEWRIGHT_BUS, FRAMEWRIGHT_ARTIFACTS_BUCKET, FRAMEWRIGHT_DEFAULT_MOTION } = requireEnvironment(environment, [
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
    'FRAMEWRIGHT_DEFAULT_MOTION',
  ]);
  return {
    publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }),
    artifacts: openArtifactStore({ bucket: FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    defaultMotion: FRAMEWRIGHT_DEFAULT_MOTION,
    now: () => new Date(),
  };
};

/** Says that a job ended without a clip. The event, not the return value, is what moves the job's row. */
export async function concludeJob(input: ConcludeInput, { publisher, now, ...known }: Neighbours): Promise<PipelineOutcome> {
  const { job, outcome, visit, take } = input;
  const wasStopped = outcome === 'rejected' && job.tier !== 'preview' && isBeforeFinal(visit);
  const avoided = wasStopped ? await avoidedBy(input, known) : undefined;
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
      ...(avoided !== undefined && { gpuCostAvoidedMicroUsd: avoided }),
    },
  ]);
  return { status: outcome, reason };
}

/** An estimate is no reason to leave a job without an end: where its brief cannot be read, nothing is said of it. */
async function avoidedBy(
  { job, visit }: ConcludeInput,
  { artifacts, defaultMotion }: Pick<Neighbours, 'artifacts' | 'defaultMotion'>,
): Promise<MicroUsd | undefined> {
  try {
    const { brief } = parse(AcceptedBrief, JSON.parse(new TextDecoder().decode(await artifacts.get(job.brief))), job.brief.key);
    return gpuCostAvoided({ brief, template: templates[brief.template], defaultMotion, visit });
  } catch (error) {
    logger.warn('no estimate of the GPU cost avoided', { error, brief: job.brief.key });
    return undefined;
  }
}

export const handler = step(contract, open, concludeJob);
