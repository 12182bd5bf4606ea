import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { globMatches, nameOf } from './arns.ts';
import { startAttempt } from './attempt-process.ts';
import { programFor } from './image.ts';
import type { Capacity } from './machine.ts';
import type { AttemptEnd, Job, JobQueue } from './model.ts';
import type { Reaper } from './reaper.ts';

export interface AttemptSettings {
  readonly node: string;
  readonly componentDirectories: readonly string[];
  readonly stateDirectory: string;
  /** What every container gets on top of its own environment: AWS_* variables, PATH, where ffmpeg is. */
  readonly environment: Readonly<Record<string, string>>;
  readonly now: () => number;
}

/** Environment added to later attempts of matching jobs; how a test makes a real worker misbehave. */
export interface Fault {
  readonly jobName: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface RunningAttempt {
  readonly startedAt: number;
  readonly need: Capacity;
  /** False when there was nothing to run, so the job never reaches RUNNING. */
  readonly hasStarted: boolean;
  terminate(reason: string): void;
  /** The host goes away: SIGTERM, grace, SIGKILL. */
  reclaim(): void;
  /** The attempt has used up its time. */
  expire(): void;
}

type Ended = (end: AttemptEnd & { readonly isFinal: boolean; readonly logStreamName: string }) => void;

/** Starts attempts and says how each one ended, in the words that Batch uses. */
export class Attempts {
  readonly #settings: AttemptSettings;
  readonly #reaper: Reaper;
  /** AWS announces a reclaim 120 s ahead and gives a stopped container 30 s; a laptop should not wait that long. */
  graceSeconds = 5;
  faults: Fault[] = [];

  constructor(settings: AttemptSettings, reaper: Reaper) {
    this.#settings = settings;
    this.#reaper = reaper;
  }

  start(job: Job, queue: JobQueue, need: Capacity, onEnd: Ended): RunningAttempt {
    const logStreamName = fileName(job.jobId);
    const found = programFor(job.container.image, this.#settings.componentDirectories);
    if ('problem' in found) {
      const end = { statusReason: 'Task failed to start', reason: found.problem, isFinal: false, logStreamName };
      setImmediate(() => onEnd(end));
      return this.#notStarted(need);
    }
    let cause: 'reclaimed' | 'expired' | 'terminated' | undefined;
    let terminationReason = '';
    const instance = `i-${randomBytes(8).toString('hex')}`;
    const process = startAttempt(
      {
        node: this.#settings.node,
        program: found.program,
        command: job.container.command,
        environment: this.#environmentOf(job, queue),
        scratchDirectory: join(this.#settings.stateDirectory, 'scratch', `${fileName(job.jobId)}-${job.attempts.length + 1}`),
        logPath: logPathOf(this.#settings.stateDirectory, job.jobId),
        onEnd: (exitCode) => {
          clearTimeout(timer);
          const exited = { statusReason: 'Essential container in task exited', exitCode, isFinal: false, logStreamName };
          // Who finishes inside the grace has finished; whoever did not is gone together with the host, exit code and all.
          if (cause === 'reclaimed' && exitCode !== 0)
            onEnd({ statusReason: `Host EC2 (instance ${instance}) terminated.`, isFinal: false, logStreamName });
          else if (cause === 'expired')
            onEnd({ ...exited, statusReason: 'Job attempt duration exceeded timeout', exitCode: exitCode || 137, isFinal: true });
          else if (cause === 'terminated') onEnd({ ...exited, statusReason: terminationReason, isFinal: true });
          else onEnd(exited);
        },
      },
      this.#reaper,
    );
    const stop = (why: typeof cause) => {
      cause ??= why;
      process.stop(this.graceSeconds);
    };
    const limit = job.timeout?.attemptDurationSeconds;
    const timer = limit === undefined ? undefined : setTimeout(() => stop('expired'), limit * 1000);
    return {
      startedAt: this.#settings.now(),
      need,
      hasStarted: true,
      terminate: (reason) => {
        terminationReason ||= reason;
        stop('terminated');
      },
      reclaim: () => stop('reclaimed'),
      expire: () => stop('expired'),
    };
  }

  #notStarted(need: Capacity): RunningAttempt {
    return { startedAt: this.#settings.now(), need, hasStarted: false, terminate: () => {}, reclaim: () => {}, expire: () => {} };
  }

  #environmentOf(job: Job, queue: JobQueue): Record<string, string> {
    const fromPairs = Object.fromEntries(job.container.environment.map(({ name, value }) => [name, value]));
    const injected = this.faults.filter((fault) => globMatches(fault.jobName, job.jobName)).map((fault) => fault.environment);
    const index = job.arrayProperties?.index;
    const scratch = join(this.#settings.stateDirectory, 'scratch', `${fileName(job.jobId)}-${job.attempts.length + 1}`);
    return {
      ...this.#settings.environment,
      HOME: scratch,
      TMPDIR: scratch,
      ...fromPairs,
      AWS_BATCH_JOB_ID: job.jobId,
      AWS_BATCH_JOB_ATTEMPT: String(job.attempts.length + 1),
      AWS_BATCH_JQ_NAME: queue.jobQueueName,
      AWS_BATCH_CE_NAME: nameOf(queue.computeEnvironmentOrder[0]?.computeEnvironment ?? ''),
      ...(index === undefined ? {} : { AWS_BATCH_JOB_ARRAY_INDEX: String(index) }),
      ...Object.assign({}, ...injected),
    };
  }
}

/** All attempts of a job write to one file, one after the other. */
export const logPathOf = (stateDirectory: string, jobId: string): string => join(stateDirectory, 'batch-logs', `${fileName(jobId)}.log`);

/** A colon is legal in a job id and a nuisance in a path. */
const fileName = (jobId: string): string => jobId.replaceAll(':', '-');
