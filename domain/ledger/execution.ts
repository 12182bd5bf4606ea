import type { ExecutionStatusChange, LifecycleEvent } from '#contracts/events';
import { JobId, tenantOfJob } from '#contracts/identity';

/** The end of a job's execution that nobody inside it could report. */
export interface ExecutionEnded {
  readonly type: 'execution.ended';
  readonly jobId: string;
  readonly tenant: string;
  readonly at: string;
  readonly outcome: 'failed' | 'canceled';
  readonly reason: string;
}

/** What the ledger hears about a job: our own events, and the end of its execution as AWS reports it. */
export type JobNews = LifecycleEvent | ExecutionEnded;

/** A row is read by people; the whole cause stays in the execution. */
const MAX_REASON = 500;

/**
 * What a status change says about a job; `undefined` when it says nothing: the execution goes on, it succeeded (then the pipeline's own
 * events say how), or it is not a pipeline execution at all (renders and other machines do not bear a job id as their name).
 */
export function executionEnded(change: ExecutionStatusChange, at: string): ExecutionEnded | undefined {
  const { name, status } = change;
  if (!JobId.safeParse(name).success) return undefined;
  const base = { type: 'execution.ended' as const, jobId: name, tenant: tenantOfJob(name), at };
  switch (status) {
    case 'FAILED':
      return { ...base, outcome: 'failed', reason: explain(change, 'the pipeline failed') };
    case 'TIMED_OUT':
      return { ...base, outcome: 'failed', reason: explain(change, 'the pipeline ran out of time') };
    case 'ABORTED':
      return { ...base, outcome: 'canceled', reason: explain(change, 'somebody stopped the pipeline') };
    default:
      return undefined;
  }
}

const explain = ({ error, cause }: ExecutionStatusChange, otherwise: string): string =>
  ([error, message(cause)].filter(Boolean).join(': ') || otherwise).slice(0, MAX_REASON);

/** A Lambda's cause is JSON with the message in `errorMessage`; anything else is already words. */
function message(cause: string | null | undefined): string | undefined {
  if (!cause?.startsWith('{')) return cause ?? undefined;
  try {
    const parsed: unknown = JSON.parse(cause);
    if (parsed && typeof parsed === 'object' && 'errorMessage' in parsed && typeof parsed.errorMessage === 'string')
      return parsed.errorMessage;
    if (parsed && typeof parsed === 'object' && 'StatusReason' in parsed && typeof parsed.StatusReason === 'string')
      return parsed.StatusReason;
  } catch {
    return cause;
  }
  return cause;
}
