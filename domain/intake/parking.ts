import type { ParkedBrief } from '#contracts/intake';
import type { IntakeObject } from '#contracts/job';

/** Longest wait between two looks, in seconds: a user who uploads a large video last waits at most this long for nothing. */
const MAX_DELAY_SECONDS = 60;

/** SQS holds a message back for at most this many seconds; a local queue may not say so. */
const QUEUE_LIMIT_SECONDS = 900;

/** Throws RangeError for a delay that no queue can keep. */
export function checkDelay(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > QUEUE_LIMIT_SECONDS)
    throw new RangeError(`expected a delay of 0 to ${QUEUE_LIMIT_SECONDS} whole seconds, found ${seconds}`);
}

export interface Arrival {
  readonly object: IntakeObject;
  /** ISO instant of the upload. */
  readonly uploadedAt: string;
  readonly parked?: Pick<ParkedBrief, 'parkedSince' | 'waits'>;
}

export type ParkingDecision =
  | { readonly give: 'up' }
  | { readonly give: 'time'; readonly ticket: ParkedBrief; readonly delaySeconds: number; readonly until: string };

/**
 * How long a brief waits for its assets: 1, 2, 4 ... seconds between looks, and never past the limit, so that the last look happens at it.
 * `limitSeconds` counts from the first look, not from the upload: a queue that was late must not use up the user's time.
 */
export function park(arrival: Arrival, now: Date, limitSeconds: number): ParkingDecision {
  const waits = arrival.parked?.waits ?? 0;
  const parkedSince = arrival.parked?.parkedSince ?? now.toISOString();
  const end = Date.parse(parkedSince) + limitSeconds * 1000;
  const left = Math.ceil((end - now.getTime()) / 1000);
  if (left <= 0) return { give: 'up' };

  return {
    give: 'time',
    ticket: {
      schema: 'framewright/parked-brief/v1',
      object: arrival.object,
      uploadedAt: arrival.uploadedAt,
      parkedSince,
      waits: waits + 1,
    },
    delaySeconds: Math.min(2 ** Math.min(waits, 30), MAX_DELAY_SECONDS, left),
    until: new Date(end).toISOString(),
  };
}
