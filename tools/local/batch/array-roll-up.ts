import { isFinished, JOB_STATUSES, type JobStatus } from './model.ts';

/** How many children are in each status; Batch lists every status, also those with none. */
export function summarize(children: readonly JobStatus[]): Record<JobStatus, number> {
  const count = (status: JobStatus) => children.filter((child) => child === status).length;
  return Object.fromEntries(JOB_STATUSES.map((status) => [status, count(status)])) as Record<JobStatus, number>;
}

/** An array job waits for its last child; one failed child fails the whole, but stops no sibling. */
export function rollUp(children: readonly JobStatus[]): 'PENDING' | 'SUCCEEDED' | 'FAILED' {
  if (!children.every(isFinished)) return 'PENDING';
  return children.includes('FAILED') ? 'FAILED' : 'SUCCEEDED';
}
