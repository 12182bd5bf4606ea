import { setTimeout as wait } from 'node:timers/promises';
import { ExecutionDoesNotExist, type SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { JobCancelResult } from '#contracts/cli';
import { tenantOfJob } from '#contracts/identity';
import { TERMINAL_STATUSES } from '#contracts/ledger';
import { Failure } from './failure.ts';
import type { Product } from './product.ts';

/** The ledger hears of a stopped execution through EventBridge and a queue: seconds, so a minute means that something is broken. */
const PATIENCE_SECONDS = 60;

/** `arn:...:stateMachine:Name` -> `arn:...:execution:Name:<execution>`. */
const executionArn = (machineArn: string, name: string): string => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/**
 * Stops a job. Its renders run inside the pipeline's execution and their Batch jobs inside theirs (`.sync`), so all of them end with it.
 * Answers when the ledger says so.
 */
export async function cancel(
  product: Pick<Product, 'ledger' | 'outputs' | 'sfn' | 'lookEverySeconds'>,
  jobId: string,
  signal: AbortSignal,
): Promise<JobCancelResult> {
  const { ledger, outputs, sfn, lookEverySeconds } = product;
  const tenant = tenantOfJob(jobId);
  const row = await ledger.job(tenant, jobId);
  if (!row) return { jobId, result: 'not-found' };
  if (TERMINAL_STATUSES.includes(row.status)) return { jobId, result: 'already-ended' };

  await stop(sfn, executionArn(outputs.get('PipelineArn'), jobId));
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  while (Date.now() < deadline) {
    const { status } = (await ledger.job(tenant, jobId)) ?? row;
    if (status === 'canceled') return { jobId, result: 'canceled' };
    if (TERMINAL_STATUSES.includes(status)) return { jobId, result: 'already-ended' };
    await wait(lookEverySeconds * 1000, undefined, { signal });
  }
  throw new Failure('CancelUnconfirmed', `job ${jobId}: stopped, but the ledger did not say so within ${PATIENCE_SECONDS} s`, {
    hint: 'the stop was sent; look at the dead letters of the ledger queue',
  });
}

async function stop(sfn: SFNClient, arn: string): Promise<void> {
  try {
    await sfn.send(new StopExecutionCommand({ executionArn: arn, error: 'Job.Canceled', cause: 'canceled by framewright jobs cancel' }));
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
}
