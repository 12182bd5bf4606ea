import type { CustomState } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { jobDefinitionArn } from '../compute/workers.ts';
import { names } from '../names.ts';
import { grownBy, jsonata } from './expressions.ts';
import { BATCH_RETRIES } from './retries.ts';
import { task } from './steps.ts';

interface BatchStepProps {
  readonly stage: 'generate' | 'post';
  /** JSONata that gives the queue. */
  readonly queue: string;
  /** JSONata that gives the worker: its id, version and price class. */
  readonly worker: string;
  /** JSONata that gives the size of the array; a plain job when left out. */
  readonly arraySize?: string;
  /** Worker variables besides the plan: name and JSONata. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/**
 * Submits a Batch job and waits for its end. The job definition is the one of the version in the message, not of the version that is
 * deployed now: a job ends with the components that it began with, even when a deployment comes in between.
 */
export function batchStep(scope: Construct, phrase: string, failure: string, props: BatchStepProps): CustomState {
  const environment = {
    FRAMEWRIGHT_PLAN_KEY: '$states.input.plan.document.key',
    FRAMEWRIGHT_PLAN_SHA256: '$states.input.plan.document.sha256',
    ...props.environment,
  };
  return task(scope, phrase, failure, {
    integration: 'batch:submitJob.sync',
    arguments: {
      JobName: jsonata(`$states.input.job.jobId & "-${props.stage}-" & $states.input.tier`),
      JobQueue: jsonata(props.queue),
      JobDefinition: jsonata(definitionOf(props.worker)),
      ShareIdentifier: jsonata('$states.input.tier'), // previews and finals share the machines fairly
      ...(props.arraySize ? { ArrayProperties: { Size: jsonata(props.arraySize) } } : {}),
      Parameters: {
        jobId: jsonata('$states.input.job.jobId'),
        tenant: jsonata('$states.input.job.tenant'),
        campaign: jsonata('$states.input.job.campaign'),
        visit: jsonata(`"${props.stage}:" & $states.input.tier`),
        component: jsonata(`${props.worker}.id`),
        priceClass: jsonata(`${props.worker}.priceClass`),
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

/** `names.jobDefinition`, said in JSONata: a test compares the two. */
const definitionOf = (worker: string): string =>
  `"${jobDefinitionArn(names.jobDefinitionPrefix)}" & ${worker}.id & "-" & $replace(${worker}.version, ".", "_")`;
