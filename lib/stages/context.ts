import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Environment } from '#contracts/environment';
import { rows } from '#contracts/keys';
import { type Assets, placeOf, type StoredFile } from '../assets.ts';
import type { Config } from '../config.ts';
import type { ModelLayer } from '../handlers.ts';
import type { StorageStack } from '../stacks/storage-stack.ts';

/** What every stage may build on. */
export interface StageContext {
  readonly config: Config;
  readonly assets: Assets;
  readonly storage: StorageStack;
  readonly ffmpeg: ILayerVersion;
  readonly models: Readonly<Record<ModelLayer, ILayerVersion>>;
  /** What the deployment says about its components. */
  readonly deployment: StoredFile;
}

/** For doors that choose components: the deployment's own, and the rows of those that stood here before. */
export const registryEnvironment = ({ deployment, storage }: StageContext): Partial<Record<keyof Environment, string>> => ({
  FRAMEWRIGHT_DEPLOYMENT: placeOf(deployment),
  FRAMEWRIGHT_TABLE: storage.table.tableName,
});

export function allowRegistry(role: IRole, { deployment, storage }: StageContext): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [deployment.bucket.arnForObjects(deployment.key)] }),
  );
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['dynamodb:Query', 'dynamodb:PutItem'],
      resources: [storage.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [rows.registry] } },
    }),
  );
}

/** Variables and rights that every step has: it reads and writes its job's artifacts and tells facts to the bus. */
export const stepEnvironment = ({ storage }: StageContext) => ({
  FRAMEWRIGHT_ARTIFACTS_BUCKET: storage.artifacts.bucketName,
  FRAMEWRIGHT_BUS: storage.bus.eventBusName,
});
