import { setTimeout as wait } from 'node:timers/promises';
import { tenantOfJob } from '#contracts/identity';
import type { CostFact, JobRow } from '#contracts/ledger';
import { Failure } from './failure.ts';
import type { Product } from './product.ts';

/** The last facts of a job arrive after its last event: the function that published is still reporting what it used. */
const QUIET_SECONDS = 1;
/** A ledger that still hears of a job after this long is told as it is. */
const LONGEST_SECONDS = 10;

/** A job's row and facts once nothing new has come for a moment. */
export async function quietly(
  { ledger }: Product,
  jobId: string,
  signal: AbortSignal,
): Promise<{ readonly job: JobRow; readonly facts: readonly CostFact[] }> {
  const tenant = tenantOfJob(jobId);
  const deadline = Date.now() + LONGEST_SECONDS * 1000;
  for (let before = -1; ; ) {
    const facts = await ledger.costs(tenant, jobId);
    if (facts.length === before || Date.now() > deadline) {
      const job = await ledger.job(tenant, jobId);
      if (!job) throw new Failure('JobUnknown', `expected job ${jobId} in the ledger, found nothing`);
      return { job, facts };
    }
    before = facts.length;
    await wait(QUIET_SECONDS * 1000, undefined, { signal });
  }
}
