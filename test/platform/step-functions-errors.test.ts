import { expect, it } from 'vitest';
import { lambdaFunction } from './aws.ts';
import { machine, run } from './machines.ts';

const caught = { Type: 'Pass', Output: { caught: '{% $states.input.Error %}', cause: '{% $states.input.Cause %}' }, End: true };
const catchAs = (...names: string[]) => [{ ErrorEquals: names, Output: '{% $states.errorOutput %}', Next: 'Caught' }];

it('the name that a Lambda throws reaches Catch', async () => {
  const fn = await lambdaFunction(
    `export const handler = async () => { throw Object.assign(new Error('no'), { name: 'Brief.Rejected' }); };`,
  );
  const { output } = await run({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: fn },
      Catch: catchAs('Brief.Rejected'),
      End: true,
    },
    Caught: caught,
  });
  expect(output.caught).toBe('Brief.Rejected');
  expect(JSON.parse(output.cause)).toMatchObject({ errorType: 'Brief.Rejected', errorMessage: 'no' });
});

it('a retry on one error name leaves other names alone', async () => {
  const fn = await lambdaFunction(
    `let calls = 0; export const handler = async () => { throw Object.assign(new Error(String(++calls)), { name: 'Contract.Violated' }); };`,
  );
  const { status, error } = await run({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: fn },
      Retry: [{ ErrorEquals: ['Gpu.Interrupted'], IntervalSeconds: 30, MaxAttempts: 5 }],
      End: true,
    },
  });
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'Contract.Violated' });
});

it('whatever a child execution fails with, its parent sees States.TaskFailed and the child in the cause', async () => {
  const child = await machine({ No: { Type: 'Fail', Error: 'Brief.Rejected', Cause: 'too short' } });
  const { output } = await run({
    Child: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: child, Input: {} },
      Catch: catchAs('States.TaskFailed'),
      End: true,
    },
    Caught: caught,
  });
  expect(output.caught).toBe('States.TaskFailed');
  expect(JSON.parse(output.cause)).toMatchObject({ Status: 'FAILED', Error: 'Brief.Rejected', Cause: 'too short' });
});
