import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { eventually, queue, received, sqs } from './aws.ts';

it('SQS hides a delayed message for as long as it was asked to', async () => {
  const { url } = await queue('delayed');
  const sentAt = Date.now();
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'later', DelaySeconds: 2 }));
  expect(await received(url)).toEqual([]);

  await eventually('the delayed message', async () => ((await received(url)).includes('later') ? true : undefined));

  expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1900);
});
