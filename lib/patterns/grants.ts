import { Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { EVENT_SOURCE } from '#contracts/events';

/** What may be done with objects: reading and writing are separate words on purpose. */
const OBJECT_ACTIONS = {
  read: ['s3:GetObject'],
  'read-versions': ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
} as const;
export type ObjectUse = keyof typeof OBJECT_ACTIONS;

/**
 * Objects below one prefix of a bucket. Listing is allowed along with reading: without it S3 answers 403 for a key that is not there,
 * and "not there yet" is an answer the product lives on.
 */
export function allowObjects(role: IRole, bucket: IBucket, prefix: string, uses: readonly ObjectUse[]): void {
  const actions = [...new Set(uses.flatMap((use) => OBJECT_ACTIONS[use]))];
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [bucket.arnForObjects(`${prefix}*`)] }));
  if (uses.some((use) => use !== 'write'))
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
  accept(
    role,
    `IAM5[Resource::${exportName(bucket)}/${prefix}*]`,
    'keys are made while jobs run: tenant, job and name are known then, the bucket and the prefix now',
  );
}

/** How the template of another stack names this bucket; the finding above is told apart by it. */
function exportName(bucket: IBucket): string {
  const stack = Stack.of(bucket);
  const imported: unknown = stack.resolve(stack.exportValue(bucket.bucketArn));
  if (typeof imported === 'object' && imported !== null && 'Fn::ImportValue' in imported) return String(imported['Fn::ImportValue']);
  throw new Error(`expected the ARN of ${bucket.node.path} to be exported, found ${JSON.stringify(imported)}`);
}

/** Facts go to the product's own bus, and only in its own name. */
export function allowFacts(role: IRole, bus: IEventBus): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: { StringEquals: { 'events:source': EVENT_SOURCE } },
    }),
  );
}

export type RowAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'ConditionCheckItem';

export function allowRows(role: IRole, table: ITable, actions: readonly RowAction[], ...indexes: readonly string[]): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [table.tableArn] }));
  for (const index of indexes)
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${index}`] }));
}

/** Answers a waiting task. The token itself is the secret; the machine only bounds where it may be used. */
export function allowTaskAnswers(role: IRole, machineArn: string): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: [machineArn] }));
}

export const allowParameters = (role: IRole, stack: Stack, parameters: readonly string[]): void =>
  void role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['ssm:GetParameter'],
      resources: parameters.map((name) =>
        stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') }),
      ),
    }),
  );

/** One finding, one reason, next to the resource it is about. */
export const accept = (role: Parameters<typeof Validations.of>[0], finding: string, reason: string): void =>
  Validations.of(role).acknowledge({ id: `AwsSolutions-${finding}`, reason });
