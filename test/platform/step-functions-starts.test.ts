import { expect, it } from 'vitest';
import { eventually, listen } from './aws.ts';
import { ended, machine, start } from './machines.ts';

it('starting an execution twice with the same name and input is starting it once, while it runs', async () => {
  const arn = await machine({ Rest: { Type: 'Wait', Seconds: 1, End: true } });
  const [first, second] = await Promise.all([start(arn, { a: 1 }, 'job-1'), start(arn, { a: 1 }, 'job-1')]);
  expect(second).toBe(first);
  await expect(start(arn, { a: 2 }, 'job-1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await ended(first);
  await expect(start(arn, { a: 1 }, 'job-1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
});

it('the status changes of an execution and of its child are events on the default bus', async () => {
  const child = await machine({ Done: { Type: 'Pass', End: true } });
  const parent = await machine({
    Child: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: child, Input: {} },
      End: true,
    },
  });
  const heard = await listen({ source: ['aws.states'], detail: { stateMachineArn: [parent, child] } });
  await ended(await start(parent));
  const seen: unknown[] = [];
  await eventually('four events', async () => {
    seen.push(...(await heard()).map(({ detail }) => [detail.stateMachineArn === child ? 'child' : 'parent', detail.status].join(' ')));
    return seen.length >= 4 ? true : undefined;
  });
  expect(seen.sort()).toEqual(['child RUNNING', 'child SUCCEEDED', 'parent RUNNING', 'parent SUCCEEDED']);
});
