import { type LifecycleEvent, placeOf } from '#contracts/events';
import type { StoppedJob } from '#contracts/ledger';

/** The line of a job that was refused before its final was rendered; `undefined` for all other events. */
export function stoppedJob(event: LifecycleEvent): StoppedJob | undefined {
  if (event.type !== 'job.concluded' || event.gpuCostAvoidedMicroUsd === undefined) return undefined;
  const { jobId, tenant, at, sequence, gpuCostAvoidedMicroUsd } = event;
  return { jobId, tenant, visit: placeOf(sequence).visit, gpuCostAvoidedMicroUsd, day: at.slice(0, 10) };
}
