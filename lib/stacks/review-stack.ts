import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { type Assets, placeOf } from '../assets.ts';
import type { Config } from '../config.ts';
import { machineArn, names } from '../names.ts';
import { allowFacts, allowObjects, allowRows, allowTaskAnswers } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';
import { modelsLayer } from '../patterns/models-layer.ts';
import { allowPolicies, deployedPolicies } from '../patterns/safety-policies.ts';
import { ConsoleSite } from '../review/console-site.ts';
import { ReviewPeople } from '../review/people.ts';
import { ReviewHttp } from '../review/review-http.ts';
import type { StorageStack } from './storage-stack.ts';

export interface ReviewStackProps extends StackProps {
  readonly config: Config;
  readonly assets: Assets;
  readonly storage: StorageStack;
}

/**
 * Where people answer. The command line invokes `decide`; people come through the console, the HTTP API and the user pool, to the same
 * decisions.
 */
export class ReviewStack extends Stack {
  readonly decide: HandlerFunction;
  readonly http: ReviewHttp;

  constructor(scope: Construct, id: string, { config, assets, storage, ...props }: ReviewStackProps) {
    super(scope, id, props);
    const policies = deployedPolicies(this, { assets, config }); // new words of a reviewer are read by the tenant's policy
    const models = { words: modelsLayer(this, 'words', assets) }; // and by the model that reads briefs
    const environment = {
      FRAMEWRIGHT_TABLE: storage.table.tableName,
      FRAMEWRIGHT_BUS: storage.bus.eventBusName,
      FRAMEWRIGHT_ARTIFACTS_BUCKET: storage.artifacts.bucketName,
      FRAMEWRIGHT_SAFETY_POLICIES: placeOf(policies),
    };
    this.decide = new HandlerFunction(this, 'Decide', {
      config,
      assets,
      handler: 'review/decide',
      environment,
      models,
    });
    const role = this.decide.role!;
    allowRows(role, storage.table, ['GetItem', 'PutItem', 'UpdateItem', 'Query'], 'by-review');
    allowObjects(role, storage.artifacts, 'tenants/', ['read']);
    allowTaskAnswers(role, machineArn(this, names.pipelineMachine));
    allowFacts(role, storage.bus);
    allowPolicies(role, policies);

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

    const door = new HandlerFunction(this, 'Api', {
      config,
      assets,
      handler: 'review/api',
      environment,
      models,
    });
    const doorRole = door.role!;
    allowRows(doorRole, storage.table, ['GetItem', 'PutItem', 'UpdateItem', 'Query'], 'by-review', 'by-tenant');
    allowObjects(doorRole, storage.artifacts, 'tenants/', ['read']);
    allowTaskAnswers(doorRole, machineArn(this, names.pipelineMachine));
    allowFacts(doorRole, storage.bus);
    allowPolicies(doorRole, policies);

    const people = new ReviewPeople(this, 'People', { config });
    this.http = new ReviewHttp(this, 'Http', { config, people, door });
    const site = new ConsoleSite(this, 'Console', { config, api: this.http.api, media: storage.artifacts, accessLogs: storage.accessLogs });

    const outputs = {
      DecideFunction: this.decide.functionName,
      ApiUrl: this.http.api.apiEndpoint,
      UserPoolId: people.pool.userPoolId,
      ClientId: people.client.userPoolClientId,
      ConsoleBucket: site.files.bucketName,
      ConsoleUrl: `https://${site.distribution.distributionDomainName}`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, `${name}Output`, { value }).overrideLogicalId(name);
  }
}
