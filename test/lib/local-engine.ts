import type { Machine, State } from './machines.ts';

/** AWS services that the local engine can call through `aws-sdk:`; anything else fails there, or worse. */
const CALLABLE = ['dynamodb', 'eventbridge', 'sqs', 'sfn', 'ssm', 'lambda'];

/**
 * What the local engine gets wrong without saying so: a machine that used one of these would be green on a laptop and different on AWS.
 * Each line says what the engine does instead.
 */
export function localEngineProblems(machine: Machine): string[] {
  return Object.entries(machine.States).flatMap(([name, state]) => stateProblems(name, state, machine.QueryLanguage ?? 'JSONPath'));
}

function stateProblems(name: string, state: State, inherited: string): string[] {
  const language = state.QueryLanguage ?? inherited;
  const problems: string[] = [];
  const refuse = (isThere: boolean, problem: string) => void (isThere && problems.push(`${name}: ${problem}`));

  refuse(language !== 'JSONata' && state.Assign !== undefined, 'Assign in JSONPath is ignored');
  refuse(
    language !== 'JSONata' && /\$[^"]*(\.\.|\[\?|\[-|\[[^\]]*:)/.test(JSON.stringify(state)),
    'slices, filters and descents of JSONPath give null',
  );
  refuse(state.ItemBatcher !== undefined, 'ItemBatcher is ignored');
  refuse(state.ResultWriter !== undefined, 'ResultWriter is ignored');
  refuse(state.Type === 'Succeed' && state.Output !== undefined, 'the Output of a Succeed is ignored');
  const resource: string = state.Resource ?? '';
  const sdk = /:aws-sdk:([a-z0-9]+):/.exec(resource)?.[1];
  refuse(sdk !== undefined && !CALLABLE.includes(sdk), `aws-sdk:${sdk} is not there`);
  refuse(/:::(http|sns|ecs|glue|athena|bedrock|emr)/.test(resource), `${resource} is not there`);
  refuse(/:states:::activity|:activity:/.test(resource), 'activities are not tried');

  const inner = [...(state.Branches ?? []), state.ItemProcessor, state.Iterator].filter((one) => one !== undefined);
  return [
    ...problems,
    ...inner.flatMap((one: Machine) => Object.entries(one.States).flatMap(([id, each]) => stateProblems(`${name}/${id}`, each, language))),
  ];
}
