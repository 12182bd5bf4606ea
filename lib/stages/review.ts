import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '#contracts/events';
import type { ReviewSubject } from '#contracts/review';
import { machineArn, names } from '../names.ts';
import { allowFacts, allowObjects, allowRows, allowTaskAnswers } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { grownBy, jsonata } from '../pipeline/expressions.ts';
import { ask } from '../pipeline/steps.ts';
import { type StageContext, stepEnvironment } from './context.ts';

/** A question to a person. The machine pauses; nothing polls. */
export class ReviewStage extends Construct {
  private readonly request: HandlerFunction;
  private readonly timeoutSeconds: number;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage, config } = context;
    this.timeoutSeconds = config.reviewTimeoutSeconds;
    this.request = new HandlerFunction(this, 'Request', {
      ...context,
      handler: 'review/request-decision',
      environment: { ...stepEnvironment(context), FRAMEWRIGHT_TABLE: storage.table.tableName },
    });
    allowRows(this.request.role!, storage.table, ['GetItem', 'PutItem', 'UpdateItem', 'Query']);
    allowObjects(this.request.role!, storage.artifacts, 'tenants/', ['read', 'write']);
    allowTaskAnswers(this.request.role!, machineArn(Stack.of(this), names.pipelineMachine)); // a rule may approve at once
    allowFacts(this.request.role!, storage.bus);
  }

  step(river: Construct, subject: ReviewSubject) {
    return ask(river, `Ask about the ${subject}`, `Asking about the ${subject} failed`, this.request, {
      payload: {
        subject,
        taskToken: jsonata('$states.context.Task.Token'),
        timeoutSeconds: this.timeoutSeconds,
        message: jsonata('$states.input'),
      },
      output: grownBy(`${subject}Decision`, '$states.result'),
      timeoutSeconds: this.timeoutSeconds,
    });
  }
}

/** Looks after the queue beside the machine: nothing in it may wait for ever. */
export class ReviewUpkeep extends Construct {
  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { table, bus, artifacts } = context.storage;
    const escalate = new HandlerFunction(this, 'Escalate', {
      ...context,
      handler: 'review/escalate',
      environment: { FRAMEWRIGHT_TABLE: table.tableName, FRAMEWRIGHT_BUS: bus.eventBusName },
    });
    allowRows(escalate.role!, table, ['GetItem', 'PutItem', 'Query'], 'by-review');
    allowFacts(escalate.role!, bus);
    new Rule(this, 'EveryFiveMinutes', {
      description: 'Which reviews are near their deadline, or past it?',
      schedule: Schedule.rate(Duration.minutes(5)), // the alarms look at periods of five minutes
      targets: [new LambdaFunction(escalate)],
    });

    const settle = new HandlerFunction(this, 'SettleSiblings', {
      ...context,
      handler: 'review/settle-siblings',
      environment: {
        FRAMEWRIGHT_TABLE: table.tableName,
        FRAMEWRIGHT_BUS: bus.eventBusName,
        FRAMEWRIGHT_ARTIFACTS_BUCKET: artifacts.bucketName,
      },
    });
    allowRows(settle.role!, table, ['GetItem', 'PutItem', 'UpdateItem', 'Query'], 'by-review');
    allowObjects(settle.role!, artifacts, 'tenants/', ['read']);
    allowTaskAnswers(settle.role!, machineArn(Stack.of(this), names.pipelineMachine));
    allowFacts(settle.role!, bus);
    const settles = [new LambdaFunction(settle)];
    new Rule(this, 'PreviewApproved', {
      description: 'An approval may complete the precedent of what waits in its campaign',
      eventBus: bus,
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: ['review.decided'],
        detail: { decision: { subject: ['preview'], outcome: ['approved'] } },
      },
      targets: settles,
    });
    new Rule(this, 'SweepSiblings', {
      description: 'Does anything wait that people have approved the like of?',
      schedule: Schedule.rate(Duration.minutes(5)), // an event may be lost, and a claim may have ended since
      targets: settles,
    });

    const close = new HandlerFunction(this, 'Close', {
      ...context,
      handler: 'review/close-questions',
      environment: { FRAMEWRIGHT_TABLE: table.tableName },
    });
    allowRows(close.role!, table, ['GetItem', 'PutItem']);
    new Rule(this, 'JobEnded', {
      description: 'Jobs that ask nothing any more',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [machineArn(Stack.of(this), names.pipelineMachine)],
          status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [new LambdaFunction(close)], // should every try be lost, the deadline closes it
    });
  }
}
