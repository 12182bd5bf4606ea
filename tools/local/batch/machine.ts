import type { Job } from './model.ts';

/** What one local machine offers. GPU slots stand for g5 instances: this many GPU jobs run at a time. */
export interface Capacity {
  readonly gpus: number;
  readonly cores: number;
}

/**
 * What a job takes. A GPU job takes GPUs only: its vCPUs belong to its own instance on AWS and a laptop has no such instance.
 * A job that asks for more than the whole machine gets the whole machine, so that it waits but never forever.
 */
export function need(job: Pick<Job, 'container'>, capacity: Capacity): Capacity {
  const amount = (type: string) => Number(job.container.resourceRequirements.find((entry) => entry.type === type)?.value ?? 0);
  const gpus = amount('GPU');
  return gpus > 0 ? { gpus: Math.min(gpus, capacity.gpus), cores: 0 } : { gpus: 0, cores: Math.min(amount('VCPU') || 1, capacity.cores) };
}

/** vCPUs as fair share counts them: what was asked for, not what the laptop gives. */
export const vcpusOf = (job: Pick<Job, 'container'>): number =>
  Number(job.container.resourceRequirements.find((entry) => entry.type === 'VCPU')?.value ?? 1);

export const fits = (wanted: Capacity, free: Capacity): boolean => wanted.gpus <= free.gpus && wanted.cores <= free.cores;

export function free(capacity: Capacity, taken: readonly Capacity[]): Capacity {
  return taken.reduce((left, use) => ({ gpus: left.gpus - use.gpus, cores: left.cores - use.cores }), capacity);
}
