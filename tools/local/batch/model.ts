/**
 * The nouns of AWS Batch as this local service knows them. Names and units are those of the Batch REST API
 * (times are epoch milliseconds, durations are seconds), so what is stored here is what DescribeJobs answers.
 */

export const JOB_STATUSES = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const isFinished = (status: JobStatus): boolean => status === 'SUCCEEDED' || status === 'FAILED';

export interface NameValue {
  readonly name: string;
  readonly value: string;
}

export interface ResourceRequirement {
  readonly type: 'GPU' | 'VCPU' | 'MEMORY';
  readonly value: string;
}

export interface EvaluateOnExit {
  readonly onStatusReason?: string | undefined;
  readonly onReason?: string | undefined;
  readonly onExitCode?: string | undefined;
  readonly action: string;
}

export interface RetryStrategy {
  /** 1 to 10; the first run counts. */
  readonly attempts?: number | undefined;
  readonly evaluateOnExit?: readonly EvaluateOnExit[] | undefined;
}

export interface Timeout {
  readonly attemptDurationSeconds?: number | undefined;
}

export interface ContainerProperties {
  readonly image: string;
  readonly command?: readonly string[] | undefined;
  readonly environment?: readonly NameValue[] | undefined;
  readonly resourceRequirements?: readonly ResourceRequirement[] | undefined;
  readonly jobRoleArn?: string | undefined;
  readonly executionRoleArn?: string | undefined;
}

export interface JobDefinition {
  readonly jobDefinitionName: string;
  readonly jobDefinitionArn: string;
  readonly revision: number;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly type: string;
  readonly containerProperties: ContainerProperties;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly retryStrategy?: RetryStrategy | undefined;
  readonly timeout?: Timeout | undefined;
  readonly schedulingPriority?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface JobQueue {
  readonly jobQueueName: string;
  readonly jobQueueArn: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly status: 'VALID';
  readonly priority: number;
  readonly schedulingPolicyArn?: string | undefined;
  readonly computeEnvironmentOrder: readonly { readonly order: number; readonly computeEnvironment: string }[];
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface ComputeEnvironment {
  readonly computeEnvironmentName: string;
  readonly computeEnvironmentArn: string;
  readonly type: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly status: 'VALID';
  readonly computeResources?: Readonly<Record<string, unknown>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface ShareDistribution {
  /** Ends with `*` to mean every identifier with that beginning. */
  readonly shareIdentifier: string;
  /** Smaller is favoured: 0.125 gets eight times the compute of 1. */
  readonly weightFactor?: number | undefined;
}

export interface SchedulingPolicy {
  readonly name: string;
  readonly arn: string;
  readonly fairsharePolicy?:
    | { readonly shareDecaySeconds?: number | undefined; readonly shareDistribution?: readonly ShareDistribution[] | undefined }
    | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface Attempt {
  readonly startedAt: number;
  readonly stoppedAt: number;
  readonly statusReason: string;
  readonly container: { readonly exitCode?: number; readonly reason?: string; readonly logStreamName?: string };
}

/** How a process ended, before anyone decides what follows from it. */
export interface AttemptEnd {
  /** Why the task stopped, in the words of Batch. */
  readonly statusReason: string;
  /** Why the container stopped; only some failures have it. */
  readonly reason?: string | undefined;
  /** Missing when the host went away together with the container. */
  readonly exitCode?: number | undefined;
}

export interface Job {
  readonly jobId: string;
  readonly jobArn: string;
  readonly jobName: string;
  readonly jobQueue: string;
  readonly jobDefinition: string;
  readonly createdAt: number;
  readonly retryStrategy: { readonly attempts: number; readonly evaluateOnExit: readonly EvaluateOnExit[] };
  readonly timeout?: { readonly attemptDurationSeconds: number } | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly shareIdentifier?: string | undefined;
  readonly schedulingPriority: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly container: {
    readonly image: string;
    readonly command: readonly string[];
    readonly environment: readonly NameValue[];
    readonly resourceRequirements: readonly ResourceRequirement[];
    readonly jobRoleArn?: string | undefined;
    exitCode?: number;
    reason?: string;
    logStreamName?: string;
  };
  readonly arrayProperties?: { readonly index?: number; readonly size?: number; statusSummary?: Record<JobStatus, number> };
  status: JobStatus;
  statusReason?: string;
  startedAt?: number;
  stoppedAt?: number;
  isCancelled: boolean;
  isTerminated: boolean;
  attempts: Attempt[];
}

/** An error that a Batch client can act on; anything else is a fault of this service. */
export class ClientException extends Error {
  override readonly name = 'ClientException';
}
