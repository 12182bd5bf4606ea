import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  type JobDetail,
  RegisterJobDefinitionCommand,
  type RegisterJobDefinitionCommandInput,
  SubmitJobCommand,
  type SubmitJobCommandInput,
} from '@aws-sdk/client-batch';
import { batch, eventually, local, unique } from './aws.ts';

/** A queue on a compute environment of its own, without fair share. */
export async function jobQueue(): Promise<string> {
  const { computeEnvironmentArn } = await batch.send(
    new CreateComputeEnvironmentCommand({ computeEnvironmentName: unique('spot'), type: 'MANAGED' }),
  );
  const { jobQueueArn = '' } = await batch.send(
    new CreateJobQueueCommand({
      jobQueueName: unique('queue'),
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentArn }],
    }),
  );
  return jobQueueArn;
}

/** A definition that runs workers/probe; one vCPU, so the platform tests do not wait for GPUs. */
export async function jobDefinition(more: Partial<RegisterJobDefinitionCommandInput> = {}): Promise<string> {
  const { jobDefinitionArn = '' } = await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: unique('probe'),
      type: 'container',
      containerProperties: {
        image: '000000000000.dkr.ecr.us-east-1.amazonaws.com/framewright/probe:1',
        command: ['--mode', 'Ref::mode'],
        resourceRequirements: [{ type: 'VCPU', value: '1' }],
      },
      parameters: { mode: 'fast' },
      ...more,
    }),
  );
  return jobDefinitionArn;
}

/** The retry rules of our workers: only a reclaimed host is worth another attempt. */
export const RETRY_RECLAIMED = {
  attempts: 3,
  evaluateOnExit: [
    { onStatusReason: 'Host EC2*', action: 'RETRY' as const },
    { onReason: '*', action: 'EXIT' as const },
  ],
};

export async function submit(
  input: Pick<SubmitJobCommandInput, 'jobQueue' | 'jobDefinition'> & Partial<SubmitJobCommandInput>,
): Promise<string> {
  const { jobId = '' } = await batch.send(new SubmitJobCommand({ jobName: unique('probe'), ...input }));
  return jobId;
}

export async function job(jobId: string): Promise<JobDetail> {
  const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
  const [found] = jobs;
  if (found === undefined) throw new Error(`no job ${jobId}`);
  return found;
}

export const jobIn = (jobId: string, statuses: readonly string[]): Promise<JobDetail> =>
  eventually(`job ${jobId} to be ${statuses.join(' or ')}`, async () => {
    const found = await job(jobId);
    return statuses.includes(found.status ?? '') ? found : undefined;
  });

export const finished = (jobId: string): Promise<JobDetail> => jobIn(jobId, ['SUCCEEDED', 'FAILED']);

export const variables = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));

/** Makes bad weather: see tools/local/batch/injection.ts. */
export async function inject(method: 'POST' | 'DELETE' | 'GET', name: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`${local.batchEndpoint}/local/${name}`, {
    method,
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}
