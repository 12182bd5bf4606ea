/** SDK clients of the shared local AWS, and the few things every file here does with them. */
import { randomUUID } from 'node:crypto';
import { BatchClient } from '@aws-sdk/client-batch';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localAws } from './local-aws-instance.ts';
import { zipOf } from './zip.ts';

export const local = await localAws();
const settings = { endpoint: local.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export const s3 = new S3Client({ ...settings, forcePathStyle: true });
export const sqs = new SQSClient(settings);
export const events = new EventBridgeClient(settings);
export const lambda = new LambdaClient(settings);
export const stepFunctions = new SFNClient(settings);
export const batch = new BatchClient(settings);
export const kms = new KMSClient(settings);
export const dynamo = new DynamoDBClient(settings);
export const cloudFormation = new CloudFormationClient(settings);

export const ROLE = 'arn:aws:iam::000000000000:role/any';
/** Files share one account, so every name is new. */
export const unique = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;
export const wait = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** Asks again until there is an answer; the message of the failure says what was waited for. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    await wait(50);
  }
}

export async function queue(name: string, attributes: Record<string, string> = {}): Promise<{ url: string; arn: string }> {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: unique(name), Attributes: attributes }));
  const found = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: found.Attributes?.QueueArn ?? '' };
}

/** Takes the messages that are there now. */
export async function received(url: string): Promise<string[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => Body);
}

/** A queue that hears every event that fits the pattern. */
export async function listen(pattern: object, bus = 'default'): Promise<() => Promise<Event[]>> {
  const { url, arn } = await queue('listener');
  const Name = unique('rule');
  await events.send(new PutRuleCommand({ Name, EventBusName: bus, EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ Rule: Name, EventBusName: bus, Targets: [{ Id: 'queue', Arn: arn }] }));
  return async () => (await received(url)).map((body) => JSON.parse(body));
}

export interface Event {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Record<string, unknown>;
}

/** Deploys a function from its source; an ES module, as our handlers are. */
export async function lambdaFunction(
  source: string,
  extra: Readonly<Record<string, { text: string; isProgram?: boolean }>> = {},
): Promise<string> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: unique('function'),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Timeout: 20,
      Code: { ZipFile: zipOf({ 'index.mjs': { text: source }, ...extra }) },
    }),
  );
  return FunctionArn;
}
