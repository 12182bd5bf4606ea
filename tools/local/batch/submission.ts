import { arnOf } from './arns.ts';
import { summarize } from './array-roll-up.ts';
import { checkedStrategy } from './evaluate-on-exit.ts';
import { ClientException, type Job, type JobDefinition, type JobQueue, type NameValue, type ResourceRequirement } from './model.ts';
import { checkedTimeout } from './registry.ts';
import type { SubmitJob } from './requests.ts';

interface Circumstances {
  readonly jobId: string;
  readonly region: string;
  readonly now: number;
  readonly definition: JobDefinition;
  readonly queue: JobQueue;
}

/** The job that a request asks for, followed by its children when it is an array. Nothing has happened to them yet. */
export function jobsFrom(request: SubmitJob, { jobId, region, now, definition, queue }: Circumstances): [Job, ...Job[]] {
  checkShare(request, queue);
  const container = definition.containerProperties;
  const overrides = request.containerOverrides;
  const parameters = { ...definition.parameters, ...request.parameters };
  const timeout = checkedTimeout(request.timeout ?? definition.timeout);
  const retryStrategy = checkedStrategy(request.retryStrategy ?? definition.retryStrategy);
  const create = (id: string, status: Job['status'], arrayProperties?: Job['arrayProperties']): Job => ({
    jobId: id,
    jobArn: arnOf(region, 'job', id),
    jobName: request.jobName,
    jobQueue: queue.jobQueueArn,
    jobDefinition: definition.jobDefinitionArn,
    createdAt: now,
    status,
    isCancelled: false,
    isTerminated: false,
    attempts: [],
    retryStrategy,
    timeout,
    parameters,
    shareIdentifier: request.shareIdentifier,
    schedulingPriority: request.schedulingPriorityOverride ?? definition.schedulingPriority ?? 0,
    tags: { ...definition.tags, ...request.tags },
    ...(arrayProperties === undefined ? {} : { arrayProperties }),
    container: {
      image: container.image,
      command: substituted(overrides?.command ?? container.command ?? [], parameters),
      environment: merged(container.environment ?? [], overrides?.environment ?? [], ({ name }: NameValue) => name),
      resourceRequirements: merged(
        container.resourceRequirements ?? [],
        overrides?.resourceRequirements ?? [],
        ({ type }: ResourceRequirement) => type,
      ),
      jobRoleArn: container.jobRoleArn,
    },
  });

  const size = request.arrayProperties?.size;
  if (size === undefined) return [create(jobId, 'SUBMITTED')];
  const children = Array.from({ length: size }, (_, index) => create(`${jobId}:${index}`, 'SUBMITTED', { index }));
  return [create(jobId, 'SUBMITTED', { size, statusSummary: summarize(children.map((child) => child.status)) }), ...children];
}

/** `Ref::name` stands for a parameter; AWS leaves it in place when there is no such parameter. */
const substituted = (command: readonly string[], parameters: Readonly<Record<string, string>>): string[] =>
  command.map((word) => (word.startsWith('Ref::') ? (parameters[word.slice('Ref::'.length)] ?? word) : word));

/** Overrides replace entries of the same key and add the rest. */
function merged<T>(base: readonly T[], overrides: readonly T[], keyOf: (entry: T) => string): T[] {
  return [...new Map([...base, ...overrides].map((entry) => [keyOf(entry), entry])).values()];
}

/** A share identifier is required on a fair-share queue and refused on any other, as on AWS. */
function checkShare(request: SubmitJob, queue: JobQueue): void {
  if (queue.state === 'DISABLED') throw new ClientException(`Job queue ${queue.jobQueueName} is DISABLED and takes no jobs`);
  const isFair = queue.schedulingPolicyArn !== undefined;
  if (isFair && request.shareIdentifier === undefined)
    throw new ClientException(`Share identifier is required on queue ${queue.jobQueueName}, which has a scheduling policy`);
  if (!isFair && request.shareIdentifier !== undefined)
    throw new ClientException(
      `Share identifier ${request.shareIdentifier} cannot be used: queue ${queue.jobQueueName} has no scheduling policy`,
    );
}
