import * as z from 'zod';
import { globMatches } from './arns.ts';
import type { Attempts } from './attempts.ts';
import type { Jobs } from './jobs.ts';
import { ClientException } from './model.ts';

/** Which running attempts an injected event concerns: one job, or all whose name fits a pattern with `*`. */
const Target = z
  .object({ jobId: z.string().optional(), jobName: z.string().optional() })
  .refine((target) => target.jobId !== undefined || target.jobName !== undefined, 'name a jobId or a jobName pattern');
const Fault = z.object({ jobName: z.string(), environment: z.record(z.string(), z.string()) });
const Machine = z.object({
  /** Seconds between SIGTERM and SIGKILL. */
  graceSeconds: z.number().nonnegative().optional(),
  gpus: z.int().positive().optional(),
  cores: z.int().positive().optional(),
});

/**
 * What only a laptop has: ways to make bad weather. `<METHOD> /local/<name>`; none of this exists on AWS.
 * reclaim: the spot host of an attempt goes away. expire: an attempt uses up its time at once.
 * faults: later attempts get extra environment. machine: slots and the grace of a stop.
 */
export function injections(jobs: Jobs, attempts: Attempts): Readonly<Record<string, (body: unknown) => object>> {
  const concerned = (body: unknown) => {
    const target = Target.parse(body);
    return jobs.runningAttempts(
      (job) =>
        (target.jobId === undefined || job.jobId === target.jobId) &&
        (target.jobName === undefined || globMatches(target.jobName, job.jobName)),
    );
  };
  return {
    'POST reclaim': (body) => {
      const hit = concerned(body);
      for (const attempt of hit) attempt.reclaim();
      return { reclaimed: hit.length };
    },
    'POST expire': (body) => {
      const hit = concerned(body);
      for (const attempt of hit) attempt.expire();
      return { expired: hit.length };
    },
    'POST faults': (body) => {
      attempts.faults = [...attempts.faults, Fault.parse(body)];
      return { faults: attempts.faults };
    },
    'GET faults': () => ({ faults: attempts.faults }),
    'DELETE faults': (body) => {
      const { jobName } = z.object({ jobName: z.string().optional() }).parse(body);
      attempts.faults = jobName === undefined ? [] : attempts.faults.filter((fault) => fault.jobName !== jobName);
      return { faults: attempts.faults };
    },
    'POST machine': (body) => {
      const { graceSeconds, gpus, cores } = Machine.parse(body);
      attempts.graceSeconds = graceSeconds ?? attempts.graceSeconds;
      jobs.capacity = { gpus: gpus ?? jobs.capacity.gpus, cores: cores ?? jobs.capacity.cores };
      jobs.refill();
      return { graceSeconds: attempts.graceSeconds, ...jobs.capacity };
    },
    'GET health': () => ({ status: 'ok' }),
  };
}

export const unknownInjection = (name: string): never => {
  throw new ClientException(`unknown local operation: ${name}`);
};
