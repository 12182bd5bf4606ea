import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { ErrorName } from '#contracts/errors';

/** An error with a name in the contract is a verdict on the bytes: the next try reads the same bytes, so retrying only hides it. */
export const NEVER: RetryProps = { errors: Object.values(ErrorName), maxAttempts: 0 };

/**
 * Lambda or its network was busy. Six tries wait at most 2+4+8+16+32+60 = 122 s; full jitter spreads a thousand machines that were
 * refused in the same second.
 */
export const SERVICE_BUSY: RetryProps = {
  errors: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.ClientExecutionTimeoutException',
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(60),
  maxAttempts: 6,
  jitterStrategy: JitterType.FULL,
};

/** Batch did not take the submission. A job that was taken and failed is not submitted again: Batch retried it itself. */
export const SUBMISSION_BUSY: RetryProps = {
  errors: ['Batch.ServerException', 'Batch.AWSBatchException', 'Batch.SdkClientException'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(60),
  maxAttempts: 6,
  jitterStrategy: JitterType.FULL,
};

/**
 * Anything unforeseen: a store that was slow, a sandbox that ran out of memory. Every step may run twice, so two more tries cost
 * seconds and save a job.
 */
export const SURPRISE: RetryProps = {
  errors: ['States.TaskFailed', 'Lambda.Unknown', 'Sandbox.Timedout'],
  interval: Duration.seconds(1),
  backoffRate: 3,
  maxAttempts: 2, // waits at most 1 + 3 s
  jitterStrategy: JitterType.FULL,
};

/** In this order: Step Functions takes the first that matches. */
export const LAMBDA_RETRIES: readonly RetryProps[] = [NEVER, SERVICE_BUSY, SURPRISE];
export const BATCH_RETRIES: readonly RetryProps[] = [SUBMISSION_BUSY];
