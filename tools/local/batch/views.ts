import type { Job } from './model.ts';

/** A job as DescribeJobs and the state-change events show it. */
export function describe(job: Job): Record<string, unknown> {
  const { container, isCancelled, isTerminated, ...rest } = job;
  const last = job.attempts.at(-1)?.container;
  return {
    ...rest,
    isCancelled,
    isTerminated,
    dependsOn: [],
    platformCapabilities: ['EC2'],
    container: {
      ...container,
      volumes: [],
      mountPoints: [],
      ulimits: [],
      networkInterfaces: [],
      secrets: [],
      ...(job.status === 'RUNNABLE' ? {} : last),
    },
  };
}

/** The short form of ListJobs. */
export function summary(job: Job): Record<string, unknown> {
  const { jobId, jobArn, jobName, createdAt, startedAt, stoppedAt, status, statusReason, arrayProperties, jobDefinition, shareIdentifier } =
    job;
  const { exitCode, reason } = job.attempts.at(-1)?.container ?? {};
  const array = arrayProperties && { size: arrayProperties.size, index: arrayProperties.index };
  return {
    jobId,
    jobArn,
    jobName,
    createdAt,
    startedAt,
    stoppedAt,
    status,
    statusReason,
    jobDefinition,
    shareIdentifier,
    container: { exitCode, reason },
    arrayProperties: array,
  };
}
