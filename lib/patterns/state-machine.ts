import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, type IChainable, LogLevel, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { accept } from './grants.ts';

export interface RiverMachineProps {
  readonly name: string;
  readonly comment: string;
  readonly definition: IChainable;
  readonly timeoutSeconds: number;
  readonly config: Config;
}

/** A machine of the product: JSONata, every transition logged, traced, and never waiting for ever. */
export class RiverMachine extends StateMachine {
  constructor(scope: Construct, id: string, { name, comment, definition, timeoutSeconds, config }: RiverMachineProps) {
    const destination = new LogGroup(scope, `${id}Logs`, {
      logGroupName: names.machineLogs(name),
      retention: config.retentionDays.logs,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      stateMachineName: name,
      comment,
      queryLanguage: QueryLanguage.JSONATA,
      definitionBody: DefinitionBody.fromChainable(definition),
      timeout: Duration.seconds(timeoutSeconds),
      // Inputs and outputs stay out of the log: the input of a review holds the token that answers it.
      logs: { destination, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
    accept(this, 'IAM5[Resource::*]', 'log deliveries and X-Ray segments are the two things of a machine that IAM cannot name by resource');
  }
}
