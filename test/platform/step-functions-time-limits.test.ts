import { expect, it } from 'vitest';
import { queue } from './aws.ts';
import { run } from './machines.ts';

it('a machine that exceeds its TimeoutSeconds ends as TIMED_OUT', async () => {
  const { status } = await run({ Rest: { Type: 'Wait', Seconds: 3, End: true } }, {}, { TimeoutSeconds: 1 });
  expect(status).toBe('TIMED_OUT');
});

it('a task whose heartbeat is missed fails with States.HeartbeatTimeout', async () => {
  const { url } = await queue('tokens');
  const { status, error } = await run({
    Review: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: url, MessageBody: { token: '{% $states.context.Task.Token %}' } },
      HeartbeatSeconds: 1,
      TimeoutSeconds: 30,
      End: true,
    },
  });
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
});
