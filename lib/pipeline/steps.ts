import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CustomState, Fail, type IChainable, Pass, type QueryLanguage, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { HandlerFunction } from '../patterns/handler-function.ts';
import { CAUGHT, jsonata, TAKE } from './expressions.ts';
import { LAMBDA_RETRIES } from './retries.ts';

/** The state waits this much longer than the function may run: the function's own error says more than a timeout of the machine. */
const PATIENCE_SECONDS = 15;

/**
 * A state whose Catch keeps the message. `CustomState` renders catchers as if the machine spoke JSONPath and drops their `outputs`, without
 * which an error would take the place of the message.
 */
class RiverTask extends CustomState {
  override toStateJson(queryLanguage?: QueryLanguage): object {
    const state: { Catch?: readonly object[] } = super.toStateJson(queryLanguage);
    return { ...state, ...(state.Catch && { Catch: state.Catch.map((catcher) => ({ ...catcher, Output: CAUGHT })) }) };
  }
}

interface TaskProps {
  /** Optimized integration, such as `lambda:invoke`. */
  readonly integration: string;
  readonly arguments: unknown;
  readonly output: string;
  readonly timeoutSeconds: number;
  readonly retries: readonly RetryProps[];
}

/**
 * A task whose every way out is drawn: a result, retries, and a named Fail state that carries the reason.
 * Written as plain states language, because what the machine runs should be readable here.
 */
export function task(scope: Construct, phrase: string, failure: string, props: TaskProps): CustomState {
  const state = new RiverTask(scope, phrase, {
    stateJson: {
      Type: 'Task',
      Resource: `arn:aws:states:::${props.integration}`,
      Arguments: props.arguments,
      Output: props.output,
      TimeoutSeconds: props.timeoutSeconds,
    },
  });
  for (const retry of props.retries) state.addRetry(retry);
  return state.addCatch(failed(scope, failure));
}

/** Ends the execution as failed, with the error's name and its sentence. */
const failed = (scope: Construct, phrase: string): Fail =>
  Fail.jsonata(scope, phrase, { error: jsonata('$states.input.problem.error'), cause: jsonata('$states.input.problem.cause') });

interface CallProps {
  /** What the function is given; the whole message when left out. */
  readonly payload?: unknown;
  /** What the state passes on; the function's answer when left out. */
  readonly output?: string;
}

/** Calls a step's function with the message; its answer is the grown message. */
export function call(scope: Construct, phrase: string, failure: string, target: HandlerFunction, props: CallProps = {}): CustomState {
  return task(scope, phrase, failure, {
    integration: 'lambda:invoke',
    arguments: { FunctionName: target.functionArn, Payload: props.payload ?? jsonata('$states.input') },
    output: props.output ?? jsonata('$states.result.Payload'),
    timeoutSeconds: target.spec.timeoutSeconds + PATIENCE_SECONDS,
    retries: LAMBDA_RETRIES,
  });
}

/** Calls a function and waits until somebody answers its token. */
export function ask(
  scope: Construct,
  phrase: string,
  failure: string,
  target: IFunction,
  props: { readonly payload: unknown; readonly output: string; readonly timeoutSeconds: number },
): CustomState {
  return task(scope, phrase, failure, {
    integration: 'lambda:invoke.waitForTaskToken',
    arguments: { FunctionName: target.functionArn, Payload: props.payload },
    output: props.output,
    timeoutSeconds: props.timeoutSeconds,
    retries: LAMBDA_RETRIES,
  });
}

/** A signpost: says on the picture of the machine what was decided and at which visit the job ends, and words it for the ledger. */
export const say = (scope: Construct, phrase: string, outcome: string, visit: string, reason: string): Pass =>
  Pass.jsonata(scope, phrase, {
    outputs: jsonata(`{ "job": $states.input.job, "outcome": "${outcome}", "visit": ${visit}, "take": ${TAKE}, "reason": ${reason} }`),
  });

export const ended = (scope: Construct, phrase: string, outcome: string): Pass =>
  Pass.jsonata(scope, phrase, { outputs: jsonata(outcome) });

/** Leaves the river by this door when `errors` happen; checked before the catch-all. */
export const onError = (state: CustomState, errors: string[], door: IChainable): CustomState => state.addCatch(door, { errors });
