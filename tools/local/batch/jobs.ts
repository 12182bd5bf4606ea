import { randomUUID } from 'node:crypto';
import { rollUp, summarize } from './array-roll-up.ts';
import type { Attempts, RunningAttempt } from './attempts.ts';
import { afterFailure } from './evaluate-on-exit.ts';
import { type Capacity, fits, free, need } from './machine.ts';
import { type AttemptEnd, ClientException, isFinished, type Job, type JobStatus } from './model.ts';
import { inOrder, type Waiting, weightOf } from './queue-order.ts';
import type { Registry } from './registry.ts';
import type { SubmitJob } from './requests.ts';
import { jobsFrom } from './submission.ts';
import { Usage } from './usage.ts';

export interface JobsSettings {
  readonly region: string;
  readonly capacity: Capacity;
  readonly now: () => number;
  readonly onChange: (job: Job) => void;
}

/** The life of every job: submitted, waiting, running, retried, finished. Decisions are elsewhere; this file keeps the books. */
export class Jobs {
  readonly #registry: Registry;
  readonly #attempts: Attempts;
  readonly #settings: JobsSettings;
  readonly #jobs = new Map<string, Job>();
  readonly #arrivals = new Map<string, number>();
  readonly #waiting = new Set<Job>();
  readonly #running = new Map<string, RunningAttempt>();
  readonly #usage: Usage;
  #isStopping = false;
  capacity: Capacity;

  constructor(registry: Registry, attempts: Attempts, settings: JobsSettings) {
    this.#registry = registry;
    this.#attempts = attempts;
    this.#usage = new Usage(registry);
    this.#settings = settings;
    this.capacity = settings.capacity;
  }

  submit(request: SubmitJob): Job {
    const { region, now } = this.#settings;
    const definition = this.#registry.definition(request.jobDefinition);
    const queue = this.#registry.queue(request.jobQueue);
    const [job, ...children] = jobsFrom(request, { jobId: randomUUID(), region, now: now(), definition, queue });
    for (const each of [job, ...children]) {
      this.#jobs.set(each.jobId, each);
      this.#arrivals.set(each.jobId, this.#arrivals.size);
    }
    this.#settings.onChange(job);
    if (children.length > 0) this.#change(job, 'PENDING');
    for (const each of children.length > 0 ? children : [job]) this.#enqueue(each);
    this.#fillPlaces();
    return job;
  }

  get(jobId: string): Job | undefined {
    return this.#jobs.get(jobId);
  }

  all(): Job[] {
    return [...this.#jobs.values()];
  }

  children(parentId: string): Job[] {
    const size = this.#jobs.get(parentId)?.arrayProperties?.size ?? 0;
    return Array.from({ length: size }, (_, index) => this.#jobs.get(`${parentId}:${index}`)).filter((child) => child !== undefined);
  }

  /** Jobs of an earlier life of this service: what had not finished then has failed now. */
  restore(saved: readonly Job[]): void {
    for (const job of saved) {
      this.#jobs.set(job.jobId, job);
      this.#arrivals.set(job.jobId, this.#arrivals.size);
      if (isFinished(job.status)) continue;
      job.status = 'FAILED';
      job.statusReason = 'The local Batch was stopped before the job finished';
      job.stoppedAt = this.#settings.now();
    }
  }

  /** Cancel ends only what has not started; a job that runs goes on, as on AWS. */
  cancel(jobId: string, reason: string): void {
    for (const job of this.#leaves(jobId)) if (!this.#running.has(job.jobId)) this.#giveUp(job, reason, 'isCancelled');
    this.#fillPlaces();
  }

  terminate(jobId: string, reason: string): void {
    for (const job of this.#leaves(jobId)) {
      const attempt = this.#running.get(job.jobId);
      if (attempt) {
        job.isTerminated = true;
        attempt.terminate(reason);
      } else this.#giveUp(job, reason, 'isTerminated');
    }
    this.#fillPlaces();
  }

  /** Ends every job, running or waiting, because the service itself ends. */
  stop(reason: string): void {
    this.#isStopping = true;
    for (const job of this.#jobs.values())
      if (!isFinished(job.status) && job.arrayProperties?.size === undefined) this.terminate(job.jobId, reason);
  }

  isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** The running attempts of the jobs that are asked for; injected faults start here. */
  runningAttempts(isWanted: (job: Job) => boolean): RunningAttempt[] {
    return [...this.#running].flatMap(([jobId, attempt]) => {
      const job = this.#jobs.get(jobId);
      return job && isWanted(job) ? [attempt] : [];
    });
  }

  refill(): void {
    this.#fillPlaces();
  }

  #leaves(jobId: string): Job[] {
    const job = this.#jobs.get(jobId);
    if (!job) throw new ClientException(`Job ${jobId} does not exist`);
    const children = this.children(jobId);
    return (children.length > 0 ? children : [job]).filter((leaf) => !isFinished(leaf.status));
  }

  #giveUp(job: Job, reason: string, mark: 'isCancelled' | 'isTerminated'): void {
    if (isFinished(job.status)) return;
    this.#waiting.delete(job);
    job[mark] = true;
    this.#finish(job, 'FAILED', reason);
  }

  #enqueue(job: Job): void {
    this.#waiting.add(job);
    this.#change(job, 'RUNNABLE');
  }

  #fillPlaces(): void {
    while (!this.#isStopping) {
      const left = free(
        this.capacity,
        [...this.#running.values()].map((attempt) => attempt.need),
      );
      if (this.#waiting.size === 0 || (left.gpus <= 0 && left.cores <= 0)) return;
      const next = inOrder(
        [...this.#waiting].map((job) => this.#waitingView(job)),
        this.#usage.of(this.#runningJobs(), this.#settings.now()),
      ).find(({ job }) => fits(need(job, this.capacity), left));
      if (next === undefined) return;
      this.#start(next.job);
    }
  }

  #start(job: Job): void {
    this.#waiting.delete(job);
    this.#change(job, 'STARTING');
    const place = need(job, this.capacity);
    const startedAt = this.#settings.now();
    const attempt = this.#attempts.start(job, this.#registry.queue(job.jobQueue), place, (end) => this.#attemptEnded(job, startedAt, end));
    this.#running.set(job.jobId, attempt);
    if (!attempt.hasStarted) return;
    job.startedAt = startedAt;
    this.#change(job, 'RUNNING');
  }

  #attemptEnded(job: Job, startedAt: number, end: AttemptEnd & { readonly isFinal: boolean; readonly logStreamName: string }): void {
    this.#running.delete(job.jobId);
    const stoppedAt = this.#settings.now();
    const container = {
      ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
      ...(end.reason === undefined ? {} : { reason: end.reason }),
      logStreamName: end.logStreamName,
    };
    job.attempts.push({ startedAt, stoppedAt, statusReason: end.statusReason, container });
    this.#usage.record(job, startedAt, stoppedAt);

    if (end.exitCode === 0 && !job.isTerminated) this.#finish(job, 'SUCCEEDED', end.statusReason);
    else if (end.isFinal || job.isTerminated || afterFailure(job.attempts.length, job.retryStrategy, end) === 'EXIT')
      this.#finish(job, 'FAILED', end.statusReason);
    else {
      job.statusReason = end.statusReason;
      this.#enqueue(job);
    }
    this.#fillPlaces();
  }

  #finish(job: Job, status: 'SUCCEEDED' | 'FAILED', reason: string): void {
    job.statusReason = reason;
    job.stoppedAt = this.#settings.now();
    this.#change(job, status);
  }

  #change(job: Job, status: JobStatus): void {
    job.status = status;
    this.#settings.onChange(job);
    const parent = job.arrayProperties?.index === undefined ? undefined : this.#jobs.get(job.jobId.slice(0, job.jobId.lastIndexOf(':')));
    if (parent) this.#rollUp(parent);
  }

  #rollUp(parent: Job): void {
    const statuses = this.children(parent.jobId).map((child) => child.status);
    if (parent.arrayProperties) parent.arrayProperties.statusSummary = summarize(statuses);
    const status = rollUp(statuses);
    if (status !== 'PENDING' && !isFinished(parent.status))
      this.#finish(parent, status, status === 'FAILED' ? 'Array Child Job failed' : 'All array children succeeded');
  }

  #waitingView(job: Job): Waiting & { job: Job } {
    const queue = this.#registry.queue(job.jobQueue);
    const distribution =
      queue.schedulingPolicyArn === undefined
        ? []
        : (this.#registry.policy(queue.schedulingPolicyArn).fairsharePolicy?.shareDistribution ?? []);
    const identifier = job.shareIdentifier;
    return {
      job,
      jobId: job.jobId,
      queue: job.jobQueue,
      queuePriority: queue.priority,
      arrival: this.#arrivals.get(job.jobId) ?? 0,
      schedulingPriority: job.schedulingPriority,
      share: identifier === undefined ? undefined : { identifier, weight: weightOf(identifier, distribution) },
    };
  }

  #runningJobs(): { job: Job; startedAt: number }[] {
    return [...this.#running].flatMap(([jobId, { startedAt }]) => {
      const job = this.#jobs.get(jobId);
      return job ? [{ job, startedAt }] : [];
    });
  }
}
