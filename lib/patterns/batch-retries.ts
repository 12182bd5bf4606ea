import { Action, Reason, RetryStrategy } from 'aws-cdk-lib/aws-batch';
import { ExitCode } from '#contracts/errors';

/** Attempts of one job, the first included. Four reclaims of one shot in a row are rarer than one in ten thousand at a 10 % rate. */
export const ATTEMPTS = 5;

/**
 * What Batch does when an attempt ends, first match first; Batch takes at most five rules. A retry inside Batch keeps the job's place
 * in the queue, and the worker resumes at its last committed window.
 */
export const retryRules = (): RetryStrategy[] => [
  RetryStrategy.of(Action.RETRY, Reason.SPOT_INSTANCE_RECLAIMED), // status reason "Host EC2*": weather
  RetryStrategy.of(Action.RETRY, Reason.custom({ onExitCode: String(ExitCode.Interrupted) })),
  RetryStrategy.of(Action.EXIT, Reason.custom({ onExitCode: String(ExitCode.BadWork) })),
  RetryStrategy.of(Action.RETRY, Reason.custom({ onExitCode: String(ExitCode.Failed) })),
  RetryStrategy.of(Action.EXIT, Reason.custom({ onReason: '*' })), // out of memory, image not found: the next attempt ends the same way
];
