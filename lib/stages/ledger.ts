import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '#contracts/events';
import { HANDLERS } from '../handlers.ts';
import { machineArn, names } from '../names.ts';
import { allowObjects, allowRows } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { WatchedQueue } from '../patterns/watched-queue.ts';
import type { StageContext } from './context.ts';

/** The riverbed: hears what happens and writes it down. Nobody calls it. */
export class LedgerStage extends Construct {
  readonly queue: WatchedQueue;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage } = context;
    this.queue = new WatchedQueue(this, 'Facts', {
      consumerTimeout: Duration.seconds(HANDLERS['ledger/record-events'].timeoutSeconds),
    });
    const targets = [new SqsQueue(this.queue.queue)];
    new Rule(this, 'Told', {
      description: 'Facts that the stages tell',
      eventBus: storage.bus,
      eventPattern: { source: [EVENT_SOURCE] },
      targets,
    });
    new Rule(this, 'BatchEnded', {
      description: 'Attempts of Batch jobs: what a machine cost, whoever ended it',
      eventPattern: {
        source: ['aws.batch'],
        detailType: ['Batch Job State Change'],
        detail: { status: ['RUNNABLE', 'SUCCEEDED', 'FAILED'] }, // back to RUNNABLE is the end of an attempt that will be repeated
      },
      targets,
    });
    new Rule(this, 'PipelineEnded', {
      description: 'Jobs that failed, were canceled or ran out of time',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [machineArn(Stack.of(this), names.pipelineMachine)] },
      },
      targets,
    });

    const record = new HandlerFunction(this, 'Record', {
      ...context,
      handler: 'ledger/record-events',
      environment: { FRAMEWRIGHT_TABLE: storage.table.tableName, FRAMEWRIGHT_LEDGER_BUCKET: storage.ledger.bucketName },
    });
    record.addEventSource(new SqsEventSource(this.queue.queue, { batchSize: 10, reportBatchItemFailures: true }));
    allowRows(record.role!, storage.table, ['GetItem', 'PutItem', 'UpdateItem', 'Query', 'ConditionCheckItem']);
    allowObjects(record.role!, storage.ledger, 'facts/', ['write']);
  }
}
