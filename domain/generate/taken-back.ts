import { ExitCode } from '#contracts/errors';

/** How one attempt ended, in Batch's words. */
export interface AttemptEnd {
  readonly statusReason?: string | undefined;
  readonly exitCode?: number | undefined;
}

/** Batch's words for a machine that was taken back, spot or failed: `Host EC2 (instance i-0abc) terminated.` */
export const HOST_GONE = /^Host EC2/;

/** One reclaim is weather; the second of the same shot says that this market will not let it finish. */
const REAL_RECLAIMS = 2;

/**
 * Why failed work deserves machines that nobody takes back, in a sentence; `undefined` when reclaims are not why it failed: then another
 * machine, and a dearer one, would fail as well. `failed` holds the attempts of each piece of the job that failed.
 */
export function takenBack(failed: readonly (readonly AttemptEnd[])[]): string | undefined {
  const counts = failed.map((attempts) => attempts.filter(wasReclaimed).length);
  const isWeather =
    failed.length > 0 && failed.every((attempts, index) => wasReclaimed(attempts.at(-1)) && (counts[index] ?? 0) >= REAL_RECLAIMS);
  if (!isWeather) return undefined;
  const reclaims = counts.reduce((sum, count) => sum + count, 0);
  const last = failed.flat().findLast(({ statusReason }) => HOST_GONE.test(statusReason ?? ''))?.statusReason;
  return `${failed.length} of the shots lost ${reclaims} spot machines${last ? `; the last: ${last}` : ''}`;
}

/** The worker that left in time exits with the agreed code, the one that did not takes its exit code along. */
const wasReclaimed = (end: AttemptEnd | undefined): boolean =>
  end !== undefined && (HOST_GONE.test(end.statusReason ?? '') || end.exitCode === ExitCode.Interrupted);
