import type { CustomState } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { PriceClass } from '#contracts/component';
import { jobDefinitionArn } from '../compute/workers.ts';
import { names } from '../names.ts';
import { grownBy, jsonata, TAKE } from './expressions.ts';
import { BATCH_RETRIES } from './retries.ts';
import { task } from './steps.ts';

interface BatchStepProps {
  /** Prep works once for the whole job; the others once a render, for the plan and the tier that the message carries. */
  readonly stage: 'prep' | 'generate' | 'post';
  /** JSONata that gives the queue. */
  readonly queue: string;
  /** JSONata that gives the worker: its id, version and price class. */
  readonly worker: string;
  /** Told apart in the job's name; the first submission of a stage needs none. */
  readonly suffix?: string;
  /** What the machines of the queue cost; the worker's own class when left out. */
  readonly priceClass?: PriceClass;
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
  const { stage } = props;
  const scale = stage === 'prep' ? ONCE_A_JOB : ONCE_A_RENDER;
  const environment: Readonly<Record<string, string>> = { ...scale.environment, ...props.environment };
  return task(scope, phrase, failure, {
    integration: 'batch:submitJob.sync',
    arguments: {
      JobName: jsonata(`$states.input.job.jobId & "-${stage}${scale.name}${props.suffix === undefined ? '' : ` & "${props.suffix}"`}`),
      JobQueue: jsonata(props.queue),
      JobDefinition: jsonata(definitionOf(props.worker)),
      ShareIdentifier: jsonata(scale.share),
      ...(props.arraySize ? { ArrayProperties: { Size: jsonata(props.arraySize) } } : {}),
      Parameters: {
        jobId: jsonata('$states.input.job.jobId'),
        tenant: jsonata('$states.input.job.tenant'),
        campaign: jsonata('$states.input.job.campaign'),
        visit: jsonata(`"${stage}${scale.visit}`),
        component: jsonata(`${props.worker}.id`),
        take: jsonata(`$string(${TAKE})`),
        priceClass: jsonata(props.priceClass ? `"${props.priceClass}"` : `${props.worker}.priceClass`),
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

/** Ends of JSONata texts that begin with the stage; previews and finals share the machines fairly. */
const ONCE_A_RENDER = {
  name: '-" & $states.input.tier',
  visit: ':" & $states.input.tier',
  share: '$states.input.tier',
  environment: {
    FRAMEWRIGHT_PLAN_KEY: '$states.input.plan.document.key',
    FRAMEWRIGHT_PLAN_SHA256: '$states.input.plan.document.sha256',
  },
};
/** Whoever waits for prep waits for a preview. */
const ONCE_A_JOB = { name: '"', visit: '"', share: '"preview"', environment: {} };

/** `names.jobDefinition`, said in JSONata: a test compares the two. */
const definitionOf = (worker: string): string =>
  `"${jobDefinitionArn(names.jobDefinitionPrefix)}" & ${worker}.id & "-" & $replace(${worker}.version, ".", "_")`;
