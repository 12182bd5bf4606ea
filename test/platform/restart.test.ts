import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BatchClient, DescribeJobQueuesCommand } from '@aws-sdk/client-batch';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { type LocalAws, startLocalAws } from '../../tools/local/local-aws.ts';
import { eventually } from './aws.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const template = (priority: number) => ({
  Resources: {
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: 'kept', NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'kept',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      },
    },
    Inbox: { Type: 'AWS::SQS::Queue' },
    Uploads: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['aws.s3'] }, Targets: [{ Id: 'q', Arn: { 'Fn::GetAtt': ['Inbox', 'Arn'] } }] },
    },
    Code: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/any',
        Code: {
          ZipFile: `exports.handler = async ({ Records }) => {
            const key = JSON.parse(Records[0].body).detail.object.key;
            const body = JSON.stringify({ TableName: 'kept', Item: { pk: { S: key } } });
            const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0' };
            await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers, body });
          };`,
        },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Inbox', 'Arn'] }, FunctionName: { Ref: 'Code' } },
    },
    Spot: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { Type: 'MANAGED' } },
    Jobs: {
      Type: 'AWS::Batch::JobQueue',
      Properties: {
        JobQueueName: 'kept',
        Priority: priority,
        ComputeEnvironmentOrder: [{ Order: 1, ComputeEnvironment: { Ref: 'Spot' } }],
      },
    },
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: {} },
  },
});

function clients({ endpoint }: LocalAws) {
  const settings = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  return {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    dynamo: new DynamoDBClient(settings),
    cloudFormation: new CloudFormationClient(settings),
    batch: new BatchClient(settings),
    sqs: new SQSClient(settings),
    stepFunctions: new SFNClient(settings),
  };
}
type Clients = ReturnType<typeof clients>;

const stackIs = (status: string, { cloudFormation }: Clients) =>
  eventually(status, async () => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'kept' }));
    return Stacks[0]?.StackStatus === status ? true : undefined;
  });
const arrived = (key: string, { dynamo }: Clients) =>
  eventually(`the row of ${key}`, async () => (await dynamo.send(new GetItemCommand({ TableName: 'kept', Key: { pk: { S: key } } }))).Item);

it('an execution and a job that a restart interrupts are reported as failed, not lost', async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'framewright-interrupted-'));
  const open = () => startLocalAws({ root, stateDirectory, persist: true, componentDirectories: [join(root, 'test/platform/workers')] });
  const first = await open();
  const before = clients(first);
  const Heard = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'heard' } };
  const Targets = [{ Id: 'q', Arn: { 'Fn::GetAtt': ['Heard', 'Arn'] } }];
  const Rule = {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['aws.states', 'aws.batch'], detail: { status: ['FAILED'] } }, Targets },
  };
  await before.cloudFormation.send(
    new CreateStackCommand({ StackName: 'kept', TemplateBody: JSON.stringify({ Resources: { Heard, Rule } }) }),
  );
  await stackIs('CREATE_COMPLETE', before);
  const definition = JSON.stringify({ StartAt: 'Rest', States: { Rest: { Type: 'Wait', Seconds: 60, End: true } } });
  const { stateMachineArn } = await before.stepFunctions.send(
    new CreateStateMachineCommand({ name: 'm', roleArn: 'arn:aws:iam::000000000000:role/any', definition }),
  );
  await before.stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name: 'resting' }));
  const call = (name: string, body: object) => fetch(`${first.batchEndpoint}/v1/${name}`, { method: 'POST', body: JSON.stringify(body) });
  await call('createcomputeenvironment', { computeEnvironmentName: 'c', type: 'MANAGED' });
  await call('createjobqueue', { jobQueueName: 'q', priority: 1, computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'c' }] });
  await call('registerjobdefinition', { jobDefinitionName: 'd', type: 'container', containerProperties: { image: 'framewright/probe:1' } });
  await call('submitjob', {
    jobName: 'working',
    jobQueue: 'q',
    jobDefinition: 'd',
    containerOverrides: { environment: [{ name: 'PROBE_MS', value: '60000' }] },
  });
  await first.stop();

  const second = await open();
  const { sqs } = clients(second);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'heard' }));
  const details: Record<string, unknown>[] = [];
  await eventually('both ends', async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    details.push(...Messages.map(({ Body = '' }) => JSON.parse(Body).detail));
    return details.length >= 2 ? true : undefined;
  });
  expect(details).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'resting', status: 'FAILED', error: 'States.ServiceRestart' }),
      expect.objectContaining({
        jobName: 'working',
        status: 'FAILED',
        statusReason: 'The local Batch was stopped',
        attempts: [expect.anything()],
      }),
    ]),
  );
  await second.stop();
});

it('after a restart objects, rows, queues, rules, functions, mappings, stacks and Batch resources are all there and work together', async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'framewright-restart-'));
  const open = () => startLocalAws({ root, stateDirectory, persist: true });
  const first = await open();
  const before = clients(first);
  await before.cloudFormation.send(new CreateStackCommand({ StackName: 'kept', TemplateBody: JSON.stringify(template(1)) }));
  await stackIs('CREATE_COMPLETE', before);
  await before.s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'one', Body: 'first' }));
  await arrived('one', before);
  await first.stop();

  const second = await open();
  try {
    const after = clients(second);
    const { Body } = await after.s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'one' }));
    expect(await Body?.transformToString()).toBe('first');
    await after.s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'two', Body: 'second' }));
    await arrived('two', after);
    await after.cloudFormation.send(new UpdateStackCommand({ StackName: 'kept', TemplateBody: JSON.stringify(template(7)) }));
    await stackIs('UPDATE_COMPLETE', after);
    const { jobQueues } = await after.batch.send(new DescribeJobQueuesCommand({ jobQueues: ['kept'] }));
    expect(jobQueues).toMatchObject([{ priority: 7 }]);
    process.kill(second.pids.aws, 'SIGKILL');
    expect(await second.failed).toContain('the local AWS ended unexpectedly (signal SIGKILL)');
  } finally {
    await second.stop();
  }

  // The emulator saves only in order, so after a crash everything is forgotten rather than half of it remembered.
  const third = await open();
  const { dynamo, batch } = clients(third);
  await expect(dynamo.send(new PutItemCommand({ TableName: 'kept', Item: { pk: { S: 'x' } } }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect((await batch.send(new DescribeJobQueuesCommand({}))).jobQueues).toEqual([]);
  await third.stop();
});
