import type { ComponentRef } from '#contracts/component';
import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import type { Visit } from '#contracts/stages';
import type { EventPublisher, Now } from '#domain/ports';

/** People read a percentage about once a second; the bus bills every event. */
const QUIET_MS = 1_000;

export interface ReportedWork {
  readonly tenant: string;
  readonly jobId: string;
  readonly visit: Visit;
  readonly part: number;
  readonly parts: number;
  readonly component: ComponentRef;
  /** Tells one attempt of one Batch job from another. */
  readonly attempt: string;
}

export interface ProgressReporter {
  /** `percent` of this part, 0..100. Returns at once. */
  report(percent: number): void;
  /** Sends what was reported last and waits until it is on its way. */
  flush(): Promise<void>;
}

/** Tells how far the work is, at most once a second. What cannot be told is lost: progress never fails or delays the work. */
export function progressReporter(
  work: ReportedWork,
  publisher: EventPublisher,
  now: Now,
  lost: (error: unknown) => void,
): ProgressReporter {
  let sentAt = Number.NEGATIVE_INFINITY;
  let sent = -1;
  let latest = -1;
  let sending: Promise<void> = Promise.resolve();

  const send = (): void => {
    if (latest === sent) return;
    sent = latest;
    sentAt = now().getTime();
    const event = progressed(work, sent, now());
    sending = sending.then(() => publisher.publish([event])).catch(lost);
  };
  return {
    report(percent) {
      latest = Math.max(latest, Math.floor(percent));
      if (now().getTime() - sentAt >= QUIET_MS) send();
    },
    async flush() {
      send();
      await sending;
    },
  };
}

const progressed = ({ attempt, ...work }: ReportedWork, percent: number, at: Date): LifecycleEvent => ({
  type: 'stage.progressed',
  schemaVersion: 1,
  idempotencyKey: `${attempt}:${work.visit}:${work.part}:${percent}`,
  sequence: sequenceOf(work.visit, 'progressed', percent),
  at: at.toISOString(),
  ...work,
  percent,
});
