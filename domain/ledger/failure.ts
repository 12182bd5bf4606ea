import type { JobRow } from '#contracts/ledger';
import type { JobNews } from './execution.ts';

type Failure = NonNullable<JobRow['failure']>;

/** What a step or a worker said when it failed; `undefined` for all other news. */
export function failureOf(news: JobNews): Failure | undefined {
  if (news.type !== 'attempt.failed' && news.type !== 'stage.failed') return undefined;
  const { visit, at, error, cause } = news;
  return { visit, at, error, cause };
}

/** The later of two failures, then the greater text: the order in which they are heard of never decides. */
export function laterFailure(a: Failure | undefined, b: Failure | undefined): Failure | undefined {
  if (!a || !b) return a ?? b;
  return orderOf(a) >= orderOf(b) ? a : b;
}

/** Instants sort as text. */
const orderOf = ({ at, visit, error, cause }: Failure): string => [at, visit, error, cause].join('\n');

/**
 * Why a job stands where it stands, for a person. Batch knows only that a container exited; the worker's own sentence comes first when it failed
 * in the visit the job ended in. A failure that was tried again and led to a clip, or to a later visit, explains nothing.
 */
export function explained({ status, visit, reason, failure }: JobRow): string | undefined {
  if (status !== 'failed' || failure?.visit !== visit) return reason;
  if (reason?.includes(failure.cause)) return reason; // a Lambda's error reaches the execution as it is
  return [`${failure.error}: ${failure.cause}`, reason].filter(Boolean).join(' | ');
}
