import { BatchClient } from '@aws-sdk/client-batch';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';

/** Where calls go. Empty on Lambda and Batch, where the SDK finds region and credentials itself. */
export interface AwsTarget {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: AwsCredentialIdentityProvider;
}

/** Path style works on AWS and is the only style a local AWS on a bare port can serve. */
export const s3 = (target: AwsTarget = {}) => new S3Client({ ...target, forcePathStyle: true });
/** Document client that drops `undefined`, so optional fields need no special care. */
export const dynamo = (target: AwsTarget = {}) =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ ...target }), { marshallOptions: { removeUndefinedValues: true } });
export const eventBridge = (target: AwsTarget = {}) => new EventBridgeClient({ ...target });
export const sqs = (target: AwsTarget = {}) => new SQSClient({ ...target });
export const sfn = (target: AwsTarget = {}) => new SFNClient({ ...target });
export const lambda = (target: AwsTarget = {}) => new LambdaClient({ ...target });
export const ssm = (target: AwsTarget = {}) => new SSMClient({ ...target });
export const batch = (target: AwsTarget = {}) => new BatchClient({ ...target });
export const kms = (target: AwsTarget = {}) => new KMSClient({ ...target });
export const cloudFormation = (target: AwsTarget = {}) => new CloudFormationClient({ ...target });
export const cognito = (target: AwsTarget = {}) => new CognitoIdentityProviderClient({ ...target });
