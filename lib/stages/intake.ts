import { Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { HANDLERS } from '../handlers.ts';
import { machineArn, names } from '../names.ts';
import { allowFacts, allowObjects } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { WatchedQueue } from '../patterns/watched-queue.ts';
import { allowRegistry, registryEnvironment, type StageContext, stepEnvironment } from './context.ts';

/** Briefs that arrive in the bucket become executions of the pipeline, each version once. */
export class IntakeStage extends Construct {
  readonly queue: WatchedQueue;

  constructor(scope: Construct, id: string, context: StageContext) {
    super(scope, id);
    const { storage, config } = context;
    const pipeline = machineArn(Stack.of(this), names.pipelineMachine);
    this.queue = new WatchedQueue(this, 'Arrivals', {
      consumerTimeout: Duration.seconds(HANDLERS['intake/accept-brief'].timeoutSeconds),
    });
    new Rule(this, 'Uploaded', {
      description: 'Every object that arrives in the intake bucket',
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [storage.intake.bucketName] } } },
      targets: [new SqsQueue(this.queue.queue)],
    });

    const accept = new HandlerFunction(this, 'Accept', {
      ...context,
      handler: 'intake/accept-brief',
      environment: {
        ...stepEnvironment(context),
        ...registryEnvironment(context),
        FRAMEWRIGHT_INTAKE_BUCKET: storage.intake.bucketName,
        FRAMEWRIGHT_INTAKE_QUEUE_URL: this.queue.queue.queueUrl,
        FRAMEWRIGHT_PIPELINE_ARN: pipeline,
        FRAMEWRIGHT_PARKING_SECONDS: String(config.parkingSeconds),
      },
    });
    const role = accept.role!;
    accept.addEventSource(new SqsEventSource(this.queue.queue, { batchSize: 10, reportBatchItemFailures: true }));
    allowObjects(role, storage.intake, '', ['read-versions', 'write']); // writes the note next to a refused brief
    allowObjects(role, storage.artifacts, 'tenants/', ['read', 'write']);
    allowRegistry(role, context);
    allowFacts(role, storage.bus);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queue.queueArn] })); // parks a brief
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [pipeline] }));
  }
}
