import aslValidator from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { ErrorName } from '#contracts/errors';
import { MAX_ROUNDS } from '#contracts/rework';
import { readConfig } from '#lib/config';
import { names } from '#lib/names';
import { pipelineTimeoutSeconds, renderTimeoutSeconds } from '#lib/pipeline/patience';
import { localEngineProblems } from './local-engine.ts';
import { type Machine, machines, type State, statesOf } from './machines.ts';
import { resources } from './synthesized.ts';

const all = Object.entries(machines());
const tasks = all.flatMap(([machine, definition]) =>
  statesOf(definition)
    .filter(([, state]) => state.Type === 'Task')
    .map(([name, state]): [string, State, Machine] => [`${machine}: ${name}`, state, definition]),
);

describe.each(all)('%s', (name, machine) => {
  it('is valid states language', () => {
    expect(aslValidator(machine)).toMatchObject({ isValid: true, errors: [] });
  });

  it('is written in JSONata and cannot run for ever', () => {
    expect(machine.QueryLanguage).toBe('JSONata');
    expect(machine.TimeoutSeconds).toBeGreaterThan(0);
  });

  it('logs every transition without data and is traced', () => {
    const [found] = resources('AWS::StepFunctions::StateMachine').filter(({ properties }) => properties.StateMachineName === name);
    expect(found?.properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    expect(found?.properties.TracingConfiguration).toEqual({ Enabled: true });
  });

  it('holds nothing that the local engine would run differently from AWS', () => {
    expect(localEngineProblems(machine)).toEqual([]);
  });

  it('reaches every state', () => {
    const reached = new Set<string>([machine.StartAt]);
    for (const state of reached) {
      const { Next, Default, Choices = [], Catch = [] } = machine.States[state];
      for (const next of [Next, Default, ...[...Choices, ...Catch].map((rule: State) => rule.Next)]) if (next) reached.add(next);
    }
    expect([...reached].sort()).toEqual(Object.keys(machine.States).sort());
  });
});

describe.each(tasks)('%s', (_, state, machine) => {
  it('gives up in the end', () => {
    expect(state.TimeoutSeconds).toBeGreaterThan(0);
    expect(state.TimeoutSeconds).toBeLessThan(machine.TimeoutSeconds!);
  });

  it('fails with a name and a reason', () => {
    const caught = state.Catch.at(-1);
    expect(caught.ErrorEquals).toEqual(['States.ALL']);
    expect(machine.States[caught.Next]).toMatchObject({
      Type: 'Fail',
      Error: '{% $states.input.problem.error %}',
      Cause: '{% $states.input.problem.cause %}',
    });
    expect(caught.Output).toContain('$states.errorOutput.Cause');
  });

  it('tries again when the service was busy, spread over time, and never when the answer is final', () => {
    if (state.Resource.includes('startExecution')) return expect(state.Retry).toBeUndefined(); // the render has its own retries
    const waits = state.Retry.filter((retry: State) => retry.MaxAttempts > 0);
    for (const retry of waits) expect(retry.JitterStrategy).toBe('FULL');
    expect(waits.length).toBeGreaterThan(0);
    if (!state.Resource.includes('lambda')) return;
    expect(state.Retry[0]).toEqual({ ErrorEquals: Object.values(ErrorName), MaxAttempts: 0 });
    expect(state.Retry[1].ErrorEquals).toEqual(expect.arrayContaining(['Lambda.TooManyRequestsException', 'Lambda.ServiceException']));
  });
});

it('answers an asset that is not what it claims with a refusal, not with a failure', () => {
  const { States } = machines()['framewright-pipeline']!;
  expect(States['Prepare the assets'].Catch[0]).toMatchObject({ ErrorEquals: [ErrorName.AssetRejected], Next: 'Asset refused' });
  expect(States['Asset refused'].Next).toBe('Conclude the job');
});

it('refuses a clip that nobody decided about in time', () => {
  const { States } = machines()['framewright-pipeline']!;
  for (const subject of ['brief', 'preview', 'final'])
    expect(States[`Ask about the ${subject}`].Catch[0]).toMatchObject({ ErrorEquals: ['States.Timeout'], Next: 'Nobody decided in time' });
});

it('submits the job definition of the version in the message, whatever is deployed now', () => {
  const { States } = machines()['framewright-render']!;
  for (const [state, worker] of [
    ['Generate the shots', 'generate'],
    ['Generate the only shot', 'generate'],
    ['Finish the clip', 'post'],
  ] as const) {
    const told = `$states.input.plan.workers.${worker}`;
    const { JobDefinition, Parameters } = States[state].Arguments;
    // the same sentence as names.jobDefinition, in JSONata
    expect(names.jobDefinition('id', '1.2.3')).toBe(['framewright-', 'id', '-', '1_2_3'].join(''));
    expect(JobDefinition).toMatch(/:job-definition\/framewright-" & /);
    expect(JobDefinition).toContain(`framewright-" & ${told}.id & "-" & $replace(${told}.version, ".", "_")`);
    expect(Parameters.priceClass).toBe(`{% ${told}.priceClass %}`);
  }
});

it('sends work for CPUs to the machines without GPUs, and one array child for every shot', () => {
  const { States } = machines()['framewright-render']!;
  expect(States['Generate the shots'].Arguments.JobQueue).toMatch(
    /^\{% \$contains\(.*priceClass, "gpu"\) \? ".*Generate.*" : ".*Post.*" %\}$/,
  );
  expect(States['Generate the shots'].Arguments.ArrayProperties).toEqual({ Size: '{% $states.input.plan.shots %}' });
  expect(States['Generate the only shot'].Arguments.ArrayProperties).toBeUndefined();
  for (const name of ['Generate the shots', 'Generate the only shot', 'Finish the clip']) {
    expect(States[name].Arguments.ShareIdentifier).toBe('{% $states.input.tier %}');
    expect(Object.keys(States[name].Arguments.Parameters)).toEqual([
      'jobId',
      'tenant',
      'campaign',
      'visit',
      'component',
      'take',
      'priceClass',
    ]);
  }
});

it('goes on demand only after somebody found out that machines were taken back, and says what it costs there', () => {
  const { States } = machines()['framewright-render']!;
  for (const name of ['Generate the shots', 'Generate the only shot']) {
    expect(States[name].Catch[0]).toMatchObject({ ErrorEquals: ['States.TaskFailed'], Next: 'Were the machines taken back?' });
    const { Arguments: onSpot } = States[name];
    const { Arguments: onDemand, Catch } = States[`${name} on demand`];
    expect(onDemand.JobQueue).toMatch(/Lifeboat/);
    expect(onSpot.JobQueue).not.toMatch(/Lifeboat/);
    expect(onDemand.Parameters).toEqual({ ...onSpot.Parameters, priceClass: '{% "gpu-on-demand" %}' });
    expect(onDemand.ContainerOverrides).toEqual(onSpot.ContainerOverrides); // the same plan, so what is committed is not rendered again
    expect(onDemand.JobName).toContain('-on-demand');
    expect(Catch).toHaveLength(1); // bounded: nothing is dearer than on demand
  }
  const before = Object.entries(States).filter(([, { Next, Choices = [], Default }]: [string, State]) =>
    [Next, Default, ...Choices.map((choice: State) => choice.Next)].some((next) => String(next).endsWith('on demand?')),
  );
  expect(before.map(([name]) => name)).toEqual(['Were the machines taken back?']);
});

it('waits longer than everything inside it may take', () => {
  const config = readConfig({ environment: 'aws', projectRoot: '/work' });
  expect(renderTimeoutSeconds(config)).toBeGreaterThan(2 * config.generateTimeoutSeconds + config.postTimeoutSeconds);
  expect(pipelineTimeoutSeconds(config)).toBeGreaterThan(
    2 * MAX_ROUNDS * renderTimeoutSeconds(config) + (2 * MAX_ROUNDS + 1) * config.reviewTimeoutSeconds,
  );
  expect(pipelineTimeoutSeconds(config)).toBeLessThan(21 * 24 * 3600); // an execution may run a year; each state gives up long before
});
