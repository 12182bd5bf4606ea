import { resources } from './synthesized.ts';

// biome-ignore lint/suspicious/noExplicitAny: a state of the states language is whatever its Type says
export type State = any;
export interface Machine {
  readonly StartAt: string;
  readonly States: Record<string, State>;
  readonly TimeoutSeconds?: number;
  readonly QueryLanguage?: string;
}

/** Joins what CloudFormation would join; references become the logical id they point to, inside an ARN-shaped word. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) throw new Error(`expected a string or an intrinsic function, found ${typeof value}`);
  const [name, argument] = Object.entries(value)[0] ?? [];
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(flatten).join((argument as [string, unknown[]])[0]);
  if (name === 'Ref' || name === 'Fn::ImportValue') return `arn:aws:reference:us-east-1:000000000000:${String(argument)}`;
  if (name === 'Fn::GetAtt') return `arn:aws:reference:us-east-1:000000000000:${(argument as string[]).join('.')}`;
  throw new Error(`expected Fn::Join, Ref, Fn::GetAtt or Fn::ImportValue, found ${name}`);
}

/** Both machines by name, their definitions as Step Functions would read them. */
export function machines(): Record<string, Machine> {
  return Object.fromEntries(
    resources('AWS::StepFunctions::StateMachine').map(({ properties }) => [
      properties.StateMachineName,
      JSON.parse(flatten(properties.DefinitionString)),
    ]),
  );
}

/** Every state with its name; parallels and maps are not used by the product, and a test says so. */
export const statesOf = (machine: Machine): [string, State][] => Object.entries(machine.States);

/** Where one may go from a state; failures are told apart by `Catch`. */
export const waysOut = (state: State): string[] =>
  [state.Next, state.Default, ...(state.Choices ?? []).map((choice: State) => choice.Next)].filter((next) => next !== undefined);

/** Names of tasks on every way from the start to an end, in order, without going round. */
export function waysThrough(machine: Machine, from = machine.StartAt, passed: readonly string[] = []): string[][] {
  const state = machine.States[from];
  const here = state.Type === 'Task' ? [from] : [];
  const next = waysOut(state);
  if (next.length === 0) return [[...here, `(${from})`]];
  return next
    .filter((name) => ![...passed, from].includes(name))
    .flatMap((name) => waysThrough(machine, name, [...passed, from]).map((rest) => [...here, ...rest]));
}
