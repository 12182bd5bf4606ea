import * as z from 'zod';
import { globMatches, nameOf } from './arns.ts';
import type { Jobs } from './jobs.ts';
import { ClientException, type Job } from './model.ts';
import type { Registry } from './registry.ts';
import * as requests from './requests.ts';
import { describe, summary } from './views.ts';

type Operation = (body: unknown) => object;

/** The Batch operations by the last part of their path (`POST /v1/<name>`). */
export function operations(registry: Registry, jobs: Jobs): Readonly<Record<string, Operation>> {
  const on =
    <Schema extends z.ZodType>(schema: Schema, act: (request: z.infer<Schema>) => object | undefined): Operation =>
    (body) =>
      act(parsed(schema, body)) ?? {};
  const names = z.array(z.string()).optional();

  return {
    registerjobdefinition: on(requests.RegisterJobDefinition, (request) => {
      const { jobDefinitionName, jobDefinitionArn, revision } = registry.register(request);
      return { jobDefinitionName, jobDefinitionArn, revision };
    }),
    deregisterjobdefinition: on(z.object({ jobDefinition: z.string() }), ({ jobDefinition }) => registry.deregister(jobDefinition) ?? {}),
    describejobdefinitions: on(
      z.object({ jobDefinitions: names, jobDefinitionName: z.string().optional(), status: z.string().optional() }),
      ({ jobDefinitions, jobDefinitionName, status }) => ({
        jobDefinitions: registry.definitions({ names: jobDefinitions, jobDefinitionName, status }),
      }),
    ),

    createcomputeenvironment: on(requests.CreateComputeEnvironment, (request) => {
      const { computeEnvironmentName, computeEnvironmentArn } = registry.createEnvironment(request);
      return { computeEnvironmentName, computeEnvironmentArn };
    }),
    updatecomputeenvironment: on(requests.UpdateComputeEnvironment, (request) => {
      const { computeEnvironmentName, computeEnvironmentArn } = registry.updateEnvironment(request);
      return { computeEnvironmentName, computeEnvironmentArn };
    }),
    deletecomputeenvironment: on(
      z.object({ computeEnvironment: z.string() }),
      ({ computeEnvironment }) => registry.deleteEnvironment(computeEnvironment) ?? {},
    ),
    describecomputeenvironments: on(z.object({ computeEnvironments: names }), ({ computeEnvironments }) => ({
      computeEnvironments: registry.environments(computeEnvironments),
    })),

    createjobqueue: on(requests.CreateJobQueue, (request) => {
      const { jobQueueName, jobQueueArn } = registry.createQueue(request);
      return { jobQueueName, jobQueueArn };
    }),
    updatejobqueue: on(requests.UpdateJobQueue, (request) => {
      const { jobQueueName, jobQueueArn } = registry.updateQueue(request);
      return { jobQueueName, jobQueueArn };
    }),
    deletejobqueue: on(z.object({ jobQueue: z.string() }), ({ jobQueue }) => registry.deleteQueue(jobQueue) ?? {}),
    describejobqueues: on(z.object({ jobQueues: names }), ({ jobQueues }) => ({ jobQueues: registry.queues(jobQueues) })),

    createschedulingpolicy: on(requests.CreateSchedulingPolicy, (request) => {
      const { name, arn } = registry.createPolicy(request);
      return { name, arn };
    }),
    updateschedulingpolicy: on(requests.UpdateSchedulingPolicy, (request) => registry.updatePolicy(request) ?? {}),
    deleteschedulingpolicy: on(z.object({ arn: z.string() }), ({ arn }) => registry.deletePolicy(arn) ?? {}),
    describeschedulingpolicies: on(z.object({ arns: z.array(z.string()) }), ({ arns }) => ({
      schedulingPolicies: registry.policies(arns),
    })),
    listschedulingpolicies: on(z.object({}), () => ({ schedulingPolicies: registry.policies().map(({ arn }) => ({ arn })) })),

    submitjob: on(requests.SubmitJob, (request) => {
      const { jobId, jobName, jobArn } = jobs.submit(request);
      return { jobId, jobName, jobArn };
    }),
    describejobs: on(requests.JobIds, (request) => ({
      jobs: request.jobs.flatMap((jobId) => jobs.get(nameOf(jobId)) ?? []).map(describe),
    })),
    listjobs: on(requests.ListJobs, (request) => page(listed(jobs, request), request)),
    canceljob: on(requests.EndJob, ({ jobId, reason }) => jobs.cancel(jobId, reason) ?? {}),
    terminatejob: on(requests.EndJob, ({ jobId, reason }) => jobs.terminate(jobId, reason) ?? {}),
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ClientException(z.prettifyError(result.error));
}

/**
 * Without a status and without filters AWS lists RUNNING jobs only, which looks like an empty queue to a newcomer;
 * we keep that. Array children are listed only when their parent is named.
 */
function listed(jobs: Jobs, request: z.infer<typeof requests.ListJobs>): Job[] {
  if (request.arrayJobId !== undefined) {
    return jobs.children(request.arrayJobId).filter((job) => request.jobStatus === undefined || job.status === request.jobStatus);
  }
  if (request.jobQueue === undefined) throw new ClientException('ListJobs needs jobQueue or arrayJobId');
  const queue = nameOf(request.jobQueue);
  const inQueue = jobs.all().filter((job) => nameOf(job.jobQueue) === queue && job.arrayProperties?.index === undefined);
  if (request.filters?.length) return inQueue.filter((job) => request.filters?.every((filter) => passes(job, filter)));
  return inQueue.filter((job) => job.status === (request.jobStatus ?? 'RUNNING'));
}

/** A name filter may end with `*`; a definition filter names a definition, with or without its revision. */
function passes(job: Job, { name, values }: { name: string; values: readonly string[] }): boolean {
  const definition = nameOf(job.jobDefinition);
  if (name === 'JOB_NAME') return values.some((value) => globMatches(value.toLowerCase(), job.jobName.toLowerCase()));
  if (name === 'JOB_DEFINITION') return values.some((value) => [definition, definition.split(':')[0]].includes(nameOf(value)));
  if (name === 'SHARE_IDENTIFIER') return values.includes(job.shareIdentifier ?? '');
  if (name === 'BEFORE_CREATED_AT') return values.some((value) => job.createdAt < Number(value));
  if (name === 'AFTER_CREATED_AT') return values.some((value) => job.createdAt > Number(value));
  throw new ClientException(
    `ListJobs knows the filters JOB_NAME, JOB_DEFINITION, SHARE_IDENTIFIER, BEFORE_CREATED_AT, AFTER_CREATED_AT; found ${name}`,
  );
}

/** The service's own page size when a request names none. */
const PAGE = 100;

function page(
  found: readonly Job[],
  { maxResults, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
): object {
  const start = Number(nextToken ?? 0);
  const end = start + (maxResults ?? PAGE);
  return { jobSummaryList: found.slice(start, end).map(summary), ...(end < found.length ? { nextToken: String(end) } : {}) };
}
