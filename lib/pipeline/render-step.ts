import type { CustomState, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Tier } from '#contracts/stages';
import type { Config } from '../config.ts';
import { grownBy, jsonata, TAKE } from './expressions.ts';
import { renderTimeoutSeconds } from './patience.ts';
import { task } from './steps.ts';

const RENDERED_FROM = ['job', 'prep', 'briefVerdict', 'rework'];
const ADDED_BY_A_RENDER = ['tier', 'plan', 'generate', 'post', 'clipVerdict'];

/**
 * Runs the render machine and keeps what it added. Its name is taken from the job, the tier and the take, so the same render is never started
 * twice; the first take is not said. At most 57 characters of a job, 8 and 3 more of the 80 that a name may have.
 */
export function renderStep(river: Construct, render: StateMachine, tier: Tier, config: Config): CustomState {
  const kept = ADDED_BY_A_RENDER.map((key) => `"${key}": $states.result.Output.${key}`).join(', ');
  return task(river, `Render the ${tier}`, `Rendering the ${tier} failed`, {
    integration: 'states:startExecution.sync:2',
    arguments: {
      StateMachineArn: render.stateMachineArn,
      Name: jsonata(`$states.input.job.jobId & "-${tier}" & (${TAKE} > 1 ? "-" & ${TAKE} : "")`),
      // exactly what a render starts from: decisions and other renders are none of its business; what is not there is left out
      Input: jsonata(`{ ${RENDERED_FROM.map((key) => `"${key}": $states.input.${key}`).join(', ')}, "tier": "${tier}" }`),
    },
    output: grownBy(tier, `{ ${kept} }`),
    timeoutSeconds: renderTimeoutSeconds(config) + 60, // the render's own timeout says more than this one
    retries: [],
  });
}
