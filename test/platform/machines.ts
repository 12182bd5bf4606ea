import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { eventually, ROLE, stepFunctions, unique } from './aws.ts';

/** A JSONata machine from its states; the first one named is the start. */
export async function machine(states: Readonly<Record<string, object>>, more: object = {}): Promise<string> {
  const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
  const created = await stepFunctions.send(
    new CreateStateMachineCommand({ name: unique('machine'), roleArn: ROLE, definition: JSON.stringify(definition) }),
  );
  return created.stateMachineArn ?? '';
}

export async function start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
  const started = await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), name }));
  return started.executionArn ?? '';
}

export const describeExecution = (executionArn: string): Promise<DescribeExecutionCommandOutput> =>
  stepFunctions.send(new DescribeExecutionCommand({ executionArn }));

export function ended(executionArn: string): Promise<DescribeExecutionCommandOutput> {
  return eventually('the execution to end', async () => {
    const execution = await describeExecution(executionArn);
    return execution.status === 'RUNNING' ? undefined : execution;
  });
}

export async function run(states: Readonly<Record<string, object>>, input: unknown = {}, more: object = {}) {
  const execution = await ended(await start(await machine(states, more), input));
  return { ...execution, output: JSON.parse(execution.output ?? 'null') };
}
