import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { openTaskTokens } from '#adapters/aws/task-tokens';
import { eventually, queue, received, stepFunctions } from '../platform/aws.ts';
import { ended, machine, start } from '../platform/machines.ts';
import { taskTokensSuite } from './task-tokens.suite.ts';

const tokens = openTaskTokens({ client: stepFunctions });

async function waiting() {
  const { url } = await queue('tokens');
  const arn = await machine({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: url, MessageBody: { token: '{% $states.context.Task.Token %}' } },
      End: true,
    },
  });
  const executionArn = await start(arn);
  const taskToken = await eventually('the task token', async () => {
    const [body] = await received(url);
    return body === undefined ? undefined : String(JSON.parse(body).token);
  });
  return { taskToken, executionArn, output: async (): Promise<unknown> => JSON.parse((await ended(executionArn)).output ?? 'null') };
}

taskTokensSuite('task tokens on Step Functions', async () => ({ tokens, wait: waiting }));

it('says that the token of a stopped execution is gone', async () => {
  const { taskToken, executionArn } = await waiting();
  await stepFunctions.send(new StopExecutionCommand({ executionArn }));
  await ended(executionArn);
  expect(await tokens.succeed(taskToken, {})).toBe('gone');
});
