import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { eventually, lambda, lambdaFunction, queue, received, sqs } from './aws.ts';

it('only the messages that a handler reports as failed come back, and end in the dead-letter queue', async () => {
  const dead = await queue('dead');
  const { url, arn } = await queue('work', {
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
  });
  const FunctionName = await lambdaFunction(`export const handler = async ({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })),
  });`);
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName,
      EventSourceArn: arn,
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    }),
  );

  const Entries = ['good', 'bad', 'fine'].map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));

  const found = await eventually('the dead letter', async () => {
    const bodies = await received(dead.url);
    return bodies.length > 0 ? bodies : undefined;
  });
  expect(found).toEqual(['bad']);
  expect(await received(url)).toEqual([]);
});
