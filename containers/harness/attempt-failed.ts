import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import type { ReportedWork } from './progress-reporter.ts';

/** What ended an attempt. */
export interface Failure {
  /** The error's name; those of contracts/errors.ts among them. */
  readonly error: string;
  readonly cause: string;
  readonly exitCode: number;
}

/** As much of a sentence as an event holds; the whole one is in the worker's log. */
const MOST_CAUSE = 1_000;

/** An attempt fails once, so its name is the key of the event: told twice, it is one event. */
export const attemptFailed = (
  { parts: _, take, ...work }: ReportedWork,
  { error, cause, exitCode }: Failure,
  at: Date,
): LifecycleEvent => ({
  type: 'attempt.failed',
  schemaVersion: 1,
  idempotencyKey: [work.batchJobId, work.attempt, work.visit, work.part, 'attempt.failed'].join(':'),
  sequence: sequenceOf(work.visit, 'failed', { take }),
  at: at.toISOString(),
  ...work,
  error,
  cause: cause.slice(0, MOST_CAUSE),
  exitCode,
});
