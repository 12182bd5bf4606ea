import type { CustomState } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Component } from '#contracts/component';
import { grownBy, jsonata } from './expressions.ts';
import { BATCH_RETRIES } from './retries.ts';
import { task } from './steps.ts';

/** A component that can be run: its manifest and the revision of its job definition that this deployment made. */
export interface DeployedComponent {
  readonly component: Component;
  readonly jobDefinitionArn: string;
}

interface BatchStepProps {
  readonly stage: 'generate' | 'post';
  readonly queueArn: string;
  readonly components: readonly DeployedComponent[];
  /** JSONata that gives `id@version` of the component to run. */
  readonly component: string;
  /** JSONata that gives the size of the array; a plain job when left out. */
  readonly arraySize?: string;
  /** Worker variables besides the plan: name and JSONata. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

const tag = ({ id, version }: Component): string => `${id}@${version}`;

/**
 * Submits a Batch job and waits for its end. The table of job definitions is part of the machine's definition, so an execution keeps the
 * revisions that it began with even when a deployment comes in between.
 */
export function batchStep(scope: Construct, phrase: string, failure: string, props: BatchStepProps): CustomState {
  const table = (value: (deployed: DeployedComponent) => string) =>
    `$lookup({ ${props.components.map((deployed) => `"${tag(deployed.component)}": "${value(deployed)}"`).join(', ')} }, ${props.component})`;
  const environment = {
    FRAMEWRIGHT_PLAN_KEY: '$states.input.plan.document.key',
    FRAMEWRIGHT_PLAN_SHA256: '$states.input.plan.document.sha256',
    ...props.environment,
  };
  return task(scope, phrase, failure, {
    integration: 'batch:submitJob.sync',
    arguments: {
      JobName: jsonata(`$states.input.job.jobId & "-${props.stage}-" & $states.input.tier`),
      JobQueue: props.queueArn,
      JobDefinition: jsonata(table((deployed) => deployed.jobDefinitionArn)),
      ShareIdentifier: jsonata('$states.input.tier'), // previews and finals share the machines fairly
      ...(props.arraySize ? { ArrayProperties: { Size: jsonata(props.arraySize) } } : {}),
      Parameters: {
        jobId: jsonata('$states.input.job.jobId'),
        tenant: jsonata('$states.input.job.tenant'),
        campaign: jsonata('$states.input.job.campaign'),
        visit: jsonata(`"${props.stage}:" & $states.input.tier`),
        component: jsonata(`$substringBefore(${props.component}, "@")`),
        priceClass: jsonata(table((deployed) => deployed.component.priceClass)),
      },
      ContainerOverrides: {
        Environment: Object.entries(environment).map(([Name, value]) => ({ Name, Value: jsonata(value) })),
      },
    },
    output: grownBy('batchJobId', '$states.result.JobId'),
    timeoutSeconds: props.timeoutSeconds,
    retries: BATCH_RETRIES,
  });
}
