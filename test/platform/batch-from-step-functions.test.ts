import { expect, it } from 'vitest';
import { finished, jobDefinition, jobQueue, variables } from './batch-jobs.ts';
import { run } from './machines.ts';

const job = async (more: object, state: object = {}) => ({
  Generate: {
    Type: 'Task',
    Resource: 'arn:aws:states:::batch:submitJob.sync',
    Arguments: { JobName: 'generate', JobQueue: await jobQueue(), JobDefinition: await jobDefinition(), ...more },
    Output: '{% $states.result %}',
    End: true,
    ...state,
  },
});
const pascal = (values: Record<string, string | number>) => variables(values).map(({ name, value }) => ({ Name: name, Value: value }));

it('submitJob.sync waits for the job and hands over its description', async () => {
  const { output } = await run(await job({ Parameters: { mode: 'final' }, ContainerOverrides: { Environment: pascal({ PROBE_MS: 10 }) } }));
  expect(output).toMatchObject({ Status: 'SUCCEEDED', JobName: 'generate', Container: { ExitCode: 0, Command: ['--mode', 'final'] } });
  const environment = (await finished(output.JobId)).container?.environment;
  expect(environment).toContainEqual({ name: 'MANAGED_BY_AWS', value: 'STARTED_BY_STEP_FUNCTIONS' });
});

it('a failed job is States.TaskFailed with the job as cause', async () => {
  const { output } = await run({
    ...(await job(
      { ContainerOverrides: { Environment: pascal({ PROBE_EXIT: 7 }) } },
      { Catch: [{ ErrorEquals: ['States.TaskFailed'], Output: '{% $states.errorOutput %}', Next: 'Caught' }] },
    )),
    Caught: { Type: 'Pass', Output: '{% $parse($states.input.Cause) %}', End: true },
  });
  expect(output).toMatchObject({
    Status: 'FAILED',
    Container: { ExitCode: 7 },
    Attempts: [{ StatusReason: 'Essential container in task exited' }],
  });
});

it('an array job is done when its last child is', async () => {
  const { output } = await run(await job({ ArrayProperties: { Size: 3 } }));
  expect(output).toMatchObject({ Status: 'SUCCEEDED', ArrayProperties: { Size: 3, StatusSummary: { SUCCEEDED: 3 } } });
  expect((await finished(`${output.JobId}:2`)).arrayProperties).toMatchObject({ index: 2 });
});
