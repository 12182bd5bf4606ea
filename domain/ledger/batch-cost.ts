import type * as z from 'zod';
import { ExitCode } from '#contracts/errors';
import type { BatchJobStateChange, BatchParameters, LifecycleEvent } from '#contracts/events';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import { stageOf, tierOf } from '#contracts/stages';
import { HOST_GONE } from '../generate/taken-back.ts';
import { attemptParts } from './attempt-parts.ts';
import { factId } from './fact-id.ts';
import { PRICE_LIST, PRICES } from './price-list.ts';
import { workTold } from './work-told.ts';

type Attempt = BatchJobStateChange['attempts'][number];
type Parameters = z.infer<typeof BatchParameters>;

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

/** What is known about a job beside the change itself; needed once an attempt was disturbed. */
export interface Known {
  readonly events: readonly LifecycleEvent[];
  readonly facts: readonly CostFact[];
}

/**
 * What attempts that are over cost, reclaimed attempts included: AWS bills the second whether it helped or not. One fact an attempt, or parts
 * that add up to it when its worker said what the time was worth. Nothing for array parents and for attempts that never started.
 */
export function batchCosts(job: BatchJobStateChange, whose: Parameters, known: Known = { events: [], facts: [] }): CostFact[] {
  if (!BETWEEN_ATTEMPTS.includes(job.status)) return [];
  if (isArrayParent(job)) return [];
  return job.attempts.flatMap((attempt, index): CostFact[] => {
    const { startedAt, stoppedAt } = attempt;
    if (startedAt === undefined || stoppedAt === undefined) return [];
    const seconds = Math.max(0, stoppedAt - startedAt) / 1000;
    const at = new Date(stoppedAt).toISOString();
    const whole: CostFact = {
      factId: factId('batch', job.jobId, index + 1),
      jobId: whose.jobId,
      tenant: whose.tenant,
      campaign: whose.campaign,
      tier: tierOf(whose.visit) ?? 'shared',
      stage: stageOf(whose.visit),
      visit: whose.visit,
      component: whose.component,
      cause: causeOf(job, attempt, index === job.attempts.length - 1),
      ...(whose.take > 1 && { take: whose.take }),
      // One child of the array renders one shot; a clip of one shot is a plain job.
      ...(stageOf(whose.visit) === 'generate' && { shot: job.arrayProperties?.index ?? 0 }),
      day: at.slice(0, 10),
      at,
      seconds,
      costMicroUsd: microUsd(seconds * unitsOf(job, whose.priceClass) * PRICES[whose.priceClass].microUsd),
      priceList: PRICE_LIST,
    };
    const which = { batchJobId: job.jobId, number: index + 1 };
    return attemptParts(whole, which, workTold(known.events, job.jobId, index + 1), known.facts);
  });
}

/** Whether a job's attempts need a closer look: one was lost, or one began after another. Undisturbed jobs are not worth reading a history for. */
export const wasDisturbed = (facts: readonly CostFact[]): boolean => facts.length > 1 || facts.some(({ cause }) => cause !== 'useful');
