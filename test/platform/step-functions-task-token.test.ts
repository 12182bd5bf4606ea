import { SendTaskSuccessCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { eventually, queue, received, stepFunctions } from './aws.ts';
import { ended, machine, start } from './machines.ts';

async function waiting() {
  const { url } = await queue('tokens');
  const executionArn = await start(
    await machine({
      Review: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: { QueueUrl: url, MessageBody: { token: '{% $states.context.Task.Token %}' } },
        End: true,
      },
    }),
  );
  const taskToken = await eventually('the task token', async () => {
    const [body] = await received(url);
    return body === undefined ? undefined : String(JSON.parse(body).token);
  });
  return { executionArn, taskToken };
}

it('a task token works once', async () => {
  const { executionArn, taskToken } = await waiting();
  const answer = (verdict: string) => stepFunctions.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ verdict }) }));
  await answer('approved');
  const { output } = await ended(executionArn);
  expect(JSON.parse(output ?? '')).toEqual({ verdict: 'approved' });
  // AWS answers TaskTimedOut here, the emulator TaskDoesNotExist; callers must treat both as "already decided".
  await expect(answer('rejected')).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
});

it('the token of a stopped execution decides nothing any more', async () => {
  const { executionArn, taskToken } = await waiting();
  await stepFunctions.send(new StopExecutionCommand({ executionArn }));
  await eventually('the token to be gone', async () => {
    const result = await stepFunctions.send(new SendTaskSuccessCommand({ taskToken, output: '{}' })).catch((error: Error) => error.name);
    return result === 'TaskDoesNotExist' ? true : undefined;
  });
  expect((await ended(executionArn)).status).toBe('ABORTED');
});
