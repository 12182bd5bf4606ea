import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Assets } from '../assets.ts';
import type { Config } from '../config.ts';
import { machineArn, names } from '../names.ts';
import { allowFacts, allowObjects, allowRows, allowTaskAnswers } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import type { StorageStack } from './storage-stack.ts';

export interface ReviewStackProps extends StackProps {
  readonly config: Config;
  readonly assets: Assets;
  readonly storage: StorageStack;
}

/** Where people answer. The command line invokes `decide`; a console will stand before the same function. */
export class ReviewStack extends Stack {
  readonly decide: HandlerFunction;

  constructor(scope: Construct, id: string, { config, assets, storage, ...props }: ReviewStackProps) {
    super(scope, id, props);
    this.decide = new HandlerFunction(this, 'Decide', {
      config,
      assets,
      handler: 'review/decide',
      environment: {
        FRAMEWRIGHT_TABLE: storage.table.tableName,
        FRAMEWRIGHT_BUS: storage.bus.eventBusName,
        FRAMEWRIGHT_ARTIFACTS_BUCKET: storage.artifacts.bucketName,
      },
    });
    const role = this.decide.role!;
    allowRows(role, storage.table, ['GetItem', 'PutItem', 'UpdateItem', 'Query'], 'by-review');
    allowObjects(role, storage.artifacts, 'tenants/', ['read']);
    allowTaskAnswers(role, machineArn(this, names.pipelineMachine));
    allowFacts(role, storage.bus);

    const measure = new HandlerFunction(this, 'MeasureQueue', {
      config,
      assets,
      handler: 'review/measure-queue',
      environment: { FRAMEWRIGHT_TABLE: storage.table.tableName },
    });
    allowRows(measure.role!, storage.table, ['Query'], 'by-review');
    new Rule(this, 'EveryFiveMinutes', {
      description: 'How long does the oldest review wait?',
      schedule: Schedule.rate(Duration.minutes(5)), // the alarm looks at periods of five minutes
      targets: [new LambdaFunction(measure)],
    });

    new CfnOutput(this, 'DecideOutput', { value: this.decide.functionName }).overrideLogicalId('DecideFunction');
  }
}
