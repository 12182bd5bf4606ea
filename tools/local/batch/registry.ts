import type * as z from 'zod';
import { arnOf, nameOf, type ResourceKind } from './arns.ts';
import { checkedStrategy } from './evaluate-on-exit.ts';
import { ClientException, type ComputeEnvironment, type JobDefinition, type JobQueue, type SchedulingPolicy } from './model.ts';
import type * as requests from './requests.ts';

type Input<Schema extends z.ZodType> = z.infer<Schema>;

/** What is written to disk, so that definitions survive a restart of the service. */
export interface RegistrySnapshot {
  readonly definitions: JobDefinition[];
  readonly queues: JobQueue[];
  readonly environments: ComputeEnvironment[];
  readonly policies: SchedulingPolicy[];
}

/** Everything that is declared rather than run: job definitions, queues, compute environments, scheduling policies. */
export class Registry {
  readonly #region: string;
  #definitions = new Map<string, JobDefinition>();
  #queues = new Map<string, JobQueue>();
  #environments = new Map<string, ComputeEnvironment>();
  #policies = new Map<string, SchedulingPolicy>();

  constructor(region: string) {
    this.#region = region;
  }

  snapshot(): RegistrySnapshot {
    return {
      definitions: [...this.#definitions.values()],
      queues: [...this.#queues.values()],
      environments: [...this.#environments.values()],
      policies: [...this.#policies.values()],
    };
  }

  restore(saved: RegistrySnapshot): void {
    this.#definitions = new Map(saved.definitions.map((entry) => [`${entry.jobDefinitionName}:${entry.revision}`, entry]));
    this.#queues = new Map(saved.queues.map((entry) => [entry.jobQueueName, entry]));
    this.#environments = new Map(saved.environments.map((entry) => [entry.computeEnvironmentName, entry]));
    this.#policies = new Map(saved.policies.map((entry) => [entry.name, entry]));
  }

  /** A revision number is never used twice, also not after a deregistration. */
  register(request: Input<typeof requests.RegisterJobDefinition>): JobDefinition {
    checkedStrategy(request.retryStrategy);
    checkedTimeout(request.timeout);
    const { jobDefinitionName, containerProperties: container } = request;
    const revision = 1 + Math.max(0, ...this.#revisions(jobDefinitionName).map((entry) => entry.revision));
    const id = `${jobDefinitionName}:${revision}`;
    const legacy = [
      ...(container.vcpus === undefined ? [] : [{ type: 'VCPU' as const, value: String(container.vcpus) }]),
      ...(container.memory === undefined ? [] : [{ type: 'MEMORY' as const, value: String(container.memory) }]),
    ];
    const definition: JobDefinition = {
      ...request,
      containerProperties: { ...container, resourceRequirements: [...(container.resourceRequirements ?? []), ...legacy] },
      revision,
      jobDefinitionArn: this.#arn('job-definition', id),
      status: 'ACTIVE',
    };
    this.#definitions.set(id, definition);
    return definition;
  }

  deregister(nameOrArn: string): void {
    const definition = this.#definitions.get(nameOf(nameOrArn));
    if (!definition) throw new ClientException(`JobDefinition ${nameOrArn} does not exist; a revision number is required here`);
    this.#definitions.set(nameOf(nameOrArn), { ...definition, status: 'INACTIVE' });
  }

  /** The named revision, or the newest active one when no revision is named. */
  definition(nameOrArn: string): JobDefinition {
    const name = nameOf(nameOrArn);
    const found = name.includes(':')
      ? this.#definitions.get(name)
      : this.#revisions(name)
          .filter((entry) => entry.status === 'ACTIVE')
          .at(-1);
    if (found?.status !== 'ACTIVE') throw new ClientException(`JobDefinition ${nameOrArn} does not exist or is not ACTIVE`);
    return found;
  }

  definitions(wanted: {
    names?: readonly string[] | undefined;
    jobDefinitionName?: string | undefined;
    status?: string | undefined;
  }): JobDefinition[] {
    const names = wanted.names?.map(nameOf);
    return [...this.#definitions]
      .filter(([id, entry]) => !names?.length || names.includes(id) || names.includes(entry.jobDefinitionName))
      .map(([, entry]) => entry)
      .filter((entry) => wanted.jobDefinitionName === undefined || entry.jobDefinitionName === wanted.jobDefinitionName)
      .filter((entry) => wanted.status === undefined || entry.status === wanted.status);
  }

  createQueue(request: Input<typeof requests.CreateJobQueue>): JobQueue {
    const { jobQueueName: name } = request;
    if (this.#queues.has(name)) throw new ClientException(`Object already exists: job queue ${name}`);
    for (const { computeEnvironment } of request.computeEnvironmentOrder) this.#environment(computeEnvironment);
    if (request.schedulingPolicyArn !== undefined) this.policy(request.schedulingPolicyArn);
    const queue: JobQueue = { ...request, jobQueueArn: this.#arn('job-queue', name), state: request.state ?? 'ENABLED', status: 'VALID' };
    this.#queues.set(name, queue);
    return queue;
  }

  updateQueue(request: Input<typeof requests.UpdateJobQueue>): JobQueue {
    const { jobQueue, ...changes } = request;
    const queue = { ...this.queue(jobQueue), ...given(changes) };
    this.#queues.set(queue.jobQueueName, queue);
    return queue;
  }

  queue(nameOrArn: string): JobQueue {
    return found(this.#queues, nameOf(nameOrArn), `JobQueue ${nameOrArn} not found`);
  }

  deleteQueue(nameOrArn: string): void {
    this.#queues.delete(nameOf(nameOrArn));
  }

  createEnvironment(request: Input<typeof requests.CreateComputeEnvironment>): ComputeEnvironment {
    const { computeEnvironmentName: name } = request;
    if (this.#environments.has(name)) throw new ClientException(`Object already exists: compute environment ${name}`);
    const environment: ComputeEnvironment = {
      ...request,
      computeEnvironmentArn: this.#arn('compute-environment', name),
      state: request.state ?? 'ENABLED',
      status: 'VALID',
    };
    this.#environments.set(name, environment);
    return environment;
  }

  updateEnvironment(request: Input<typeof requests.UpdateComputeEnvironment>): ComputeEnvironment {
    const { computeEnvironment, computeResources, ...changes } = request;
    const old = this.#environment(computeEnvironment);
    const updated = { ...old, ...given(changes), computeResources: { ...old.computeResources, ...computeResources } };
    this.#environments.set(old.computeEnvironmentName, updated);
    return updated;
  }

  deleteEnvironment(nameOrArn: string): void {
    const user = [...this.#queues.values()].find((queue) =>
      queue.computeEnvironmentOrder.some((entry) => nameOf(entry.computeEnvironment) === nameOf(nameOrArn)),
    );
    if (user) throw new ClientException(`Cannot delete, found existing JobQueue relationship: ${user.jobQueueName}`);
    this.#environments.delete(nameOf(nameOrArn));
  }

  createPolicy(request: Input<typeof requests.CreateSchedulingPolicy>): SchedulingPolicy {
    if (this.#policies.has(request.name)) throw new ClientException(`Object already exists: scheduling policy ${request.name}`);
    const policy: SchedulingPolicy = { ...request, arn: this.#arn('scheduling-policy', request.name) };
    this.#policies.set(request.name, policy);
    return policy;
  }

  updatePolicy(request: Input<typeof requests.UpdateSchedulingPolicy>): void {
    const policy = this.policy(request.arn);
    this.#policies.set(policy.name, { ...policy, fairsharePolicy: request.fairsharePolicy ?? policy.fairsharePolicy });
  }

  policy(arn: string): SchedulingPolicy {
    return found(this.#policies, nameOf(arn), `Scheduling policy ${arn} not found`);
  }

  deletePolicy(arn: string): void {
    this.#policies.delete(nameOf(arn));
  }

  queues(names?: readonly string[]): JobQueue[] {
    return chosen(this.#queues, names);
  }

  environments(names?: readonly string[]): ComputeEnvironment[] {
    return chosen(this.#environments, names);
  }

  policies(names?: readonly string[]): SchedulingPolicy[] {
    return chosen(this.#policies, names);
  }

  #revisions(name: string): JobDefinition[] {
    return [...this.#definitions.values()].filter((entry) => entry.jobDefinitionName === name).sort((a, b) => a.revision - b.revision);
  }

  #environment(nameOrArn: string): ComputeEnvironment {
    return found(this.#environments, nameOf(nameOrArn), `ComputeEnvironment ${nameOrArn} not found`);
  }

  #arn(kind: ResourceKind, name: string): string {
    return arnOf(this.#region, kind, name);
  }
}

/** AWS refuses attempt timeouts below one minute; so does this service, so that nothing passes here that fails there. */
export function checkedTimeout(
  timeout: { attemptDurationSeconds?: number | undefined } | undefined,
): { attemptDurationSeconds: number } | undefined {
  const seconds = timeout?.attemptDurationSeconds;
  if (seconds === undefined) return undefined;
  if (seconds < 60) throw new ClientException(`timeout.attemptDurationSeconds must be at least 60, found ${seconds}`);
  return { attemptDurationSeconds: seconds };
}

function found<T>(store: ReadonlyMap<string, T>, key: string, otherwise: string): T {
  const entry = store.get(key);
  if (entry === undefined) throw new ClientException(otherwise);
  return entry;
}

const chosen = <T>(store: ReadonlyMap<string, T>, names: readonly string[] | undefined): T[] =>
  names?.length ? names.flatMap((name) => store.get(nameOf(name)) ?? []) : [...store.values()];

/** Only the members that a request really carries, so that an absent one changes nothing. */
const given = <T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
