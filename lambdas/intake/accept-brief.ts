import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openComponentRegistry } from '#adapters/aws/component-registry';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openIntakeStore } from '#adapters/aws/intake-store';
import { openParkingLot } from '#adapters/aws/parking-lot';
import { openPipelineStarter } from '#adapters/aws/pipeline-starter';
import { requireEnvironment } from '#contracts/environment';
import { acceptBrief, type IntakeNeighbours } from '#domain/intake/accept-brief';
import { arrivalOf } from '#domain/intake/arrival';
import { used } from '#domain/intake/facts';
import { logger, metrics, traced } from '../observability.ts';

const fromEnvironment = (): IntakeNeighbours => {
  const environment = requireEnvironment(process.env, [
    'FRAMEWRIGHT_INTAKE_BUCKET',
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_INTAKE_QUEUE_URL',
    'FRAMEWRIGHT_PIPELINE_ARN',
    'FRAMEWRIGHT_PARKING_SECONDS',
    'FRAMEWRIGHT_TABLE',
    'FRAMEWRIGHT_DEPLOYMENT',
  ]);
  return {
    intake: openIntakeStore({ bucket: environment.FRAMEWRIGHT_INTAKE_BUCKET }),
    artifacts: openArtifactStore({ bucket: environment.FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    publisher: openEventPublisher({ busName: environment.FRAMEWRIGHT_BUS }),
    parking: openParkingLot({ queueUrl: environment.FRAMEWRIGHT_INTAKE_QUEUE_URL }),
    pipeline: openPipelineStarter({ stateMachineArn: environment.FRAMEWRIGHT_PIPELINE_ARN }),
    components: openComponentRegistry({ deployment: environment.FRAMEWRIGHT_DEPLOYMENT, table: environment.FRAMEWRIGHT_TABLE }),
    parkingSeconds: environment.FRAMEWRIGHT_PARKING_SECONDS,
    now: () => new Date(),
  };
};

/**
 * Answers every upload in a batch by itself: one that fails goes back to the queue alone, and after its last try to the dead letters.
 * The uploads run side by side, since each belongs to another job or is a copy.
 */
export function acceptBriefs(open: () => IntakeNeighbours) {
  let neighbours: IntakeNeighbours | undefined;
  const processor = new BatchProcessor(EventType.SQS, { logger });

  return async (event: SQSEvent, context: Pick<Context, 'memoryLimitInMB'>): Promise<SQSBatchResponse> => {
    const acceptOne = async ({ body, messageId }: SQSRecord): Promise<void> => {
      const started = performance.now();
      neighbours ??= open();
      const to = neighbours;
      const receipt = await traced('intake.accept-brief', () => acceptBrief(arrivalOf(body, messageId), to));
      logger.info('upload answered', { messageId, ...receipt });
      metrics.addMetric(`Brief_${receipt.result}`, MetricUnit.Count, 1);
      if (receipt.result === 'ignored' || receipt.result === 'parked' || receipt.result === 'repeated') return;

      const usage = { memoryMb: Number(context.memoryLimitInMB), milliseconds: Math.ceil(performance.now() - started) };
      await to.publisher.publish([used(receipt.jobId, receipt.result === 'accepted' ? receipt.campaign : undefined, usage, to.now())]);
    };
    try {
      return await processPartialResponse(event, acceptOne, processor, { processInParallel: true, throwOnFullBatchFailure: false });
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}

export const handler = acceptBriefs(fromEnvironment);
