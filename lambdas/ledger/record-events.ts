import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { openCostArchive } from '#adapters/aws/cost-archive';
import { openLedgerStore } from '#adapters/aws/ledger-store';
import { requireEnvironment } from '#contracts/environment';
import { EventEnvelope } from '#contracts/events';
import { logger, metrics } from '../observability.ts';
import { parse } from '../parse.ts';
import { withLedgerMetrics } from './ledger-metrics.ts';
import { type Riverbed, record } from './record.ts';

const fromEnvironment = (): Riverbed => {
  const environment = requireEnvironment(process.env, ['FRAMEWRIGHT_TABLE', 'FRAMEWRIGHT_LEDGER_BUCKET']);
  return {
    ledger: withLedgerMetrics(openLedgerStore({ table: environment.FRAMEWRIGHT_TABLE })),
    archive: openCostArchive({ bucket: environment.FRAMEWRIGHT_LEDGER_BUCKET }),
  };
};

/**
 * Writes down what happened. A message that cannot be recorded goes back to the queue alone, and after its last try to the dead letters;
 * the others of its batch stay recorded.
 */
export function recordEvents(open: () => Riverbed) {
  let riverbed: Riverbed | undefined;
  const processor = new BatchProcessor(EventType.SQS, { logger });

  const recordOne = async ({ messageId, body }: SQSRecord): Promise<void> => {
    riverbed ??= open();
    const envelope = parse(EventEnvelope, JSON.parse(body), `message ${messageId}`);
    const result = await record(envelope, riverbed);
    logger.info('event', { source: envelope.source, detailType: envelope['detail-type'], result });
    metrics.addMetric('EventsRecorded', MetricUnit.Count, 1);
  };

  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    try {
      // One after another: messages of one batch are mostly of one job, and its row takes one writer at a time.
      return await processPartialResponse(event, recordOne, processor, {
        context,
        processInParallel: false,
        throwOnFullBatchFailure: false,
      });
    } finally {
      metrics.publishStoredMetrics();
    }
  };
}

export const handler = recordEvents(fromEnvironment);
