import { nameOf } from './arns.ts';
import { vcpusOf } from './machine.ts';
import type { Job } from './model.ts';
import type { Use } from './queue-order.ts';
import type { Registry } from './registry.ts';

/** A place that was just taken counts as one minute of use, so that two free places go to two share identifiers. */
const LEAST_USE_SECONDS = 60;
/** Used when a policy names no decay: AWS then counts only what runs now. */
const NO_DECAY_SECONDS = 0;

interface PastUse extends Use {
  readonly stoppedAt: number;
}

/** Who used how much of the machine, as fair share counts it: what runs, and what ended inside the decay window of its queue. */
export class Usage {
  readonly #registry: Registry;
  #past: PastUse[] = [];

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  record(job: Job, startedAt: number, stoppedAt: number): void {
    if (job.shareIdentifier === undefined) return;
    const vcpuSeconds = (vcpusOf(job) * (stoppedAt - startedAt)) / 1000;
    this.#past.push({ queue: job.jobQueue, shareIdentifier: job.shareIdentifier, stoppedAt, vcpuSeconds });
  }

  of(running: readonly { readonly job: Job; readonly startedAt: number }[], now: number): Use[] {
    this.#past = this.#past.filter((use) => now - use.stoppedAt <= this.#decay(use.queue) * 1000);
    const current = running.flatMap(({ job, startedAt }) => {
      if (job.shareIdentifier === undefined) return [];
      const seconds = Math.max((now - startedAt) / 1000, LEAST_USE_SECONDS);
      return [{ queue: job.jobQueue, shareIdentifier: job.shareIdentifier, vcpuSeconds: vcpusOf(job) * seconds }];
    });
    return [...this.#past, ...current];
  }

  #decay(queueArn: string): number {
    const [queue] = this.#registry.queues([nameOf(queueArn)]);
    const policy = queue?.schedulingPolicyArn === undefined ? undefined : this.#registry.policy(queue.schedulingPolicyArn);
    return policy?.fairsharePolicy?.shareDecaySeconds ?? NO_DECAY_SECONDS;
  }
}
