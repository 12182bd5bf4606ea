import * as z from 'zod';

/**
 * The parts of the Batch requests that this service acts on. Unknown members are kept where Describe gives them back
 * (compute resources) and ignored elsewhere, as a newer SDK may send more than we know.
 */
const pairs = z.array(z.object({ name: z.string(), value: z.string() }));
const tags = z.record(z.string(), z.string()).optional();
const state = z.enum(['ENABLED', 'DISABLED']).optional();
/** CloudFormation hands over numbers as text now and then. */
const whole = z.coerce.number().int();
const resourceRequirements = z.array(z.object({ type: z.enum(['GPU', 'VCPU', 'MEMORY']), value: z.coerce.string() }));
const evaluateOnExit = z.array(
  z.object({
    onStatusReason: z.string().optional(),
    onReason: z.string().optional(),
    onExitCode: z.coerce.string().optional(),
    action: z.string(),
  }),
);
const retryStrategy = z.object({ attempts: whole.optional(), evaluateOnExit: evaluateOnExit.optional() }).optional();
const timeout = z.object({ attemptDurationSeconds: whole.optional() }).optional();

export const RegisterJobDefinition = z.object({
  jobDefinitionName: z.string().regex(/^[A-Za-z0-9][\w-]{0,127}$/),
  type: z.literal('container'),
  containerProperties: z.object({
    image: z.string().min(1),
    command: z.array(z.string()).optional(),
    environment: pairs.optional(),
    resourceRequirements: resourceRequirements.optional(),
    vcpus: whole.optional(),
    memory: whole.optional(),
    jobRoleArn: z.string().optional(),
    executionRoleArn: z.string().optional(),
  }),
  parameters: z.record(z.string(), z.string()).optional(),
  retryStrategy,
  timeout,
  schedulingPriority: whole.optional(),
  tags,
});

export const CreateComputeEnvironment = z.object({
  computeEnvironmentName: z.string().min(1),
  type: z.string(),
  state,
  computeResources: z.record(z.string(), z.unknown()).optional(),
  tags,
});
export const UpdateComputeEnvironment = z.object({
  computeEnvironment: z.string(),
  state,
  computeResources: z.record(z.string(), z.unknown()).optional(),
});

const computeEnvironmentOrder = z.array(z.object({ order: whole, computeEnvironment: z.string() }));
export const CreateJobQueue = z.object({
  jobQueueName: z.string().min(1),
  state,
  priority: whole,
  schedulingPolicyArn: z.string().optional(),
  computeEnvironmentOrder,
  tags,
});
export const UpdateJobQueue = z.object({
  jobQueue: z.string(),
  state,
  priority: whole.optional(),
  schedulingPolicyArn: z.string().optional(),
  computeEnvironmentOrder: computeEnvironmentOrder.optional(),
});

const fairsharePolicy = z
  .object({
    shareDecaySeconds: whole.optional(),
    computeReservation: whole.optional(),
    shareDistribution: z.array(z.object({ shareIdentifier: z.string(), weightFactor: z.coerce.number().positive().optional() })).optional(),
  })
  .optional();
export const CreateSchedulingPolicy = z.object({ name: z.string().min(1), fairsharePolicy, tags });
export const UpdateSchedulingPolicy = z.object({ arn: z.string(), fairsharePolicy });

export const SubmitJob = z.object({
  jobName: z.string().regex(/^[A-Za-z0-9][\w-]{0,127}$/),
  jobQueue: z.string(),
  jobDefinition: z.string(),
  arrayProperties: z.object({ size: whole.min(2).max(10_000) }).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  containerOverrides: z
    .object({
      command: z.array(z.string()).optional(),
      environment: pairs.optional(),
      resourceRequirements: resourceRequirements.optional(),
    })
    .optional(),
  retryStrategy,
  timeout,
  shareIdentifier: z.string().optional(),
  schedulingPriorityOverride: whole.optional(),
  dependsOn: z.array(z.unknown()).max(0, 'job dependencies are not supported by the local Batch').optional(),
  tags,
});
export type SubmitJob = z.infer<typeof SubmitJob>;

export const ListJobs = z.object({
  jobQueue: z.string().optional(),
  arrayJobId: z.string().optional(),
  jobStatus: z.string().optional(),
  maxResults: whole.optional(),
  nextToken: z.string().optional(),
  filters: z.array(z.object({ name: z.string(), values: z.array(z.string()) })).optional(),
});
export const JobIds = z.object({ jobs: z.array(z.string()).max(100) });
export const EndJob = z.object({ jobId: z.string(), reason: z.string() });

export const Named = (key: string) => z.object({ [key]: z.string() });
export const Wanted = (key: string) => z.object({ [key]: z.array(z.string()).optional() });
