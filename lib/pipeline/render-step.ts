import type { CustomState, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Tier } from '#contracts/stages';
import type { Config } from '../config.ts';
import { grownBy, jsonata } from './expressions.ts';
import { renderTimeoutSeconds } from './patience.ts';
import { task } from './steps.ts';

const ADDED_BY_A_RENDER = ['tier', 'plan', 'generate', 'post', 'clipVerdict'];

/** Runs the render machine and keeps what it added. Its name is taken from the job, so the same render is never started twice. */
export function renderStep(river: Construct, render: StateMachine, tier: Tier, config: Config): CustomState {
  const kept = ADDED_BY_A_RENDER.map((key) => `"${key}": $states.result.Output.${key}`).join(', ');
  return task(river, `Render the ${tier}`, `Rendering the ${tier} failed`, {
    integration: 'states:startExecution.sync:2',
    arguments: {
      StateMachineArn: render.stateMachineArn,
      Name: jsonata(`$states.input.job.jobId & "-${tier}"`),
      // exactly what a render starts from: decisions and other renders are none of its business
      Input: jsonata(
        `{ "job": $states.input.job, "prep": $states.input.prep, "briefVerdict": $states.input.briefVerdict, "tier": "${tier}" }`,
      ),
    },
    output: grownBy(tier, `{ ${kept} }`),
    timeoutSeconds: renderTimeoutSeconds(config) + 60, // the render's own timeout says more than this one
    retries: [],
  });
}
