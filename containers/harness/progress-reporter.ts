import type { ComponentRef } from '#contracts/component';
import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import type { Visit } from '#contracts/stages';
import type { EventPublisher, Now } from '#domain/ports';
import type { Worth } from './time-spent.ts';

/** People read a percentage about once a second; the bus bills every event. */
const QUIET_MS = 1_000;

export interface ReportedWork {
  readonly tenant: string;
  readonly jobId: string;
  readonly visit: Visit;
  /** From 1. */
  readonly take: number;
  readonly part: number;
  readonly parts: number;
  readonly component: ComponentRef;
  readonly batchJobId: string;
  /** From 1. */
  readonly attempt: number;
}

export interface ProgressReporter {
  /** `percent` of this part, 0..100. Returns at once. */
  report(percent: number): void;
  /** Sends what was reported last and waits until it is on its way. */
  flush(): Promise<void>;
}

export interface Reporting {
  readonly publisher: EventPublisher;
  readonly now: Now;
  /** What this attempt's time was worth so far. */
  readonly worth: () => Worth;
  /** Hears of what could not be told. */
  readonly lost: (error: unknown) => void;
}

/** Tells how far the work is, at most once a second. What cannot be told is lost: progress never fails or delays the work. */
export function progressReporter(work: ReportedWork, { publisher, now, worth, lost }: Reporting): ProgressReporter {
  let sentAt = Number.NEGATIVE_INFINITY;
  let sent = '';
  let latest = -1;
  let sending: Promise<void> = Promise.resolve();

  const send = (): void => {
    const event = progressed(work, latest, worth(), now());
    if (event.idempotencyKey === sent) return;
    sent = event.idempotencyKey;
    sentAt = now().getTime();
    sending = sending.then(() => publisher.publish([event])).catch(lost);
  };
  return {
    report(percent) {
      latest = Math.max(latest, Math.floor(percent));
      if (now().getTime() - sentAt >= QUIET_MS) send();
    },
    async flush() {
      if (latest >= 0) send();
      await sending;
    },
  };
}

/** The key names all that the event says, so that what is told twice is one event, and a commit without a new percent is another. */
const progressed = ({ batchJobId, attempt, take, ...work }: ReportedWork, percent: number, worth: Worth, at: Date): LifecycleEvent => ({
  type: 'stage.progressed',
  schemaVersion: 1,
  idempotencyKey: [batchJobId, attempt, work.visit, work.part, percent, worth.usefulMs, worth.repeatedMs].join(':'),
  sequence: sequenceOf(work.visit, 'progressed', { percent, take }),
  at: at.toISOString(),
  ...work,
  percent,
  work: { batchJobId, attempt, ...worth },
});
