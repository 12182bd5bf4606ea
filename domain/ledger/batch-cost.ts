import type * as z from 'zod';
import { ExitCode } from '#contracts/errors';
import type { BatchJobStateChange, BatchParameters } from '#contracts/events';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import { stageOf, tierOf } from '#contracts/stages';
import { factId } from './fact-id.ts';
import { PRICE_LIST, PRICES } from './price-list.ts';

type Attempt = BatchJobStateChange['attempts'][number];
type Parameters = z.infer<typeof BatchParameters>;

/** Batch's words for a machine that was taken back, spot or failed: `Host EC2 (instance i-0abc) terminated.` */
const HOST_GONE = /^Host EC2/;

/** A parent of an array does no work of its own: its children report theirs. */
const isArrayParent = (job: BatchJobStateChange): boolean =>
  job.arrayProperties?.size !== undefined && job.arrayProperties.index === undefined;

const wasStopped = (job: BatchJobStateChange): boolean => job.isTerminated === true || job.isCancelled === true;

/**
 * Why an attempt was paid. The host comes first: a reclaimed machine says so whatever the process managed to say. Only the last attempt of
 * a stopped job was canceled; a worker that is stopped exits 75 as well, so that question comes before the exit code.
 */
function causeOf(job: BatchJobStateChange, attempt: Attempt, isLast: boolean): CostFact['cause'] {
  const exitCode = attempt.container?.exitCode;
  if (HOST_GONE.test(attempt.statusReason ?? '')) return 'reclaimed';
  if (isLast && wasStopped(job)) return 'canceled';
  if (exitCode === ExitCode.Interrupted) return 'reclaimed';
  if (exitCode === 0 || (isLast && job.status === 'SUCCEEDED')) return 'useful';
  return 'failed';
}

/** How many of what its price class is priced by a job reserved. Throws when a job says nothing, rather than charge it nothing. */
function unitsOf(job: BatchJobStateChange, priceClass: Parameters['priceClass']): number {
  const type = PRICES[priceClass].unit === 'GPU-second' ? 'GPU' : 'VCPU';
  const found = job.container?.resourceRequirements.find((requirement) => requirement.type === type)?.value;
  const units = Number(found);
  if (!(units > 0))
    throw new RangeError(`Batch job ${job.jobId} of price class ${priceClass}: expected a ${type} requirement above 0, found ${found}`);
  return units;
}

/** When the attempts that a change lists are over: at the end of the job, and when it is back in the queue for another one. */
const BETWEEN_ATTEMPTS: readonly string[] = ['RUNNABLE', 'SUCCEEDED', 'FAILED'];

/**
 * One fact per attempt that is over, reclaimed attempts included: AWS bills the second whether it helped or not.
 * Nothing for array parents and for attempts that never started.
 */
export function batchCosts(job: BatchJobStateChange, whose: Parameters): CostFact[] {
  if (!BETWEEN_ATTEMPTS.includes(job.status)) return [];
  if (isArrayParent(job)) return [];
  return job.attempts.flatMap((attempt, index): CostFact[] => {
    const { startedAt, stoppedAt } = attempt;
    if (startedAt === undefined || stoppedAt === undefined) return [];
    const seconds = Math.max(0, stoppedAt - startedAt) / 1000;
    const at = new Date(stoppedAt).toISOString();
    return [
      {
        factId: factId('batch', job.jobId, index + 1),
        jobId: whose.jobId,
        tenant: whose.tenant,
        campaign: whose.campaign,
        tier: tierOf(whose.visit) ?? 'shared',
        stage: stageOf(whose.visit),
        visit: whose.visit,
        component: whose.component,
        cause: causeOf(job, attempt, index === job.attempts.length - 1),
        day: at.slice(0, 10),
        at,
        seconds,
        costMicroUsd: microUsd(seconds * unitsOf(job, whose.priceClass) * PRICES[whose.priceClass].microUsd),
        priceList: PRICE_LIST,
      },
    ];
  });
}
