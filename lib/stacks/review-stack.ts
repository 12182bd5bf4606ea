import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Assets } from '../assets.ts';
import type { Config } from '../config.ts';
import { machineArn, names } from '../names.ts';
import { allowFacts, allowRows, allowTaskAnswers } from '../patterns/grants.ts';
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
      environment: { FRAMEWRIGHT_TABLE: storage.table.tableName, FRAMEWRIGHT_BUS: storage.bus.eventBusName },
    });
    const role = this.decide.role!;
    allowRows(role, storage.table, ['GetItem', 'UpdateItem', 'Query'], 'by-review');
    allowTaskAnswers(role, machineArn(this, names.pipelineMachine));
    allowFacts(role, storage.bus);

    new CfnOutput(this, 'DecideOutput', { value: this.decide.functionName }).overrideLogicalId('DecideFunction');
  }
}
