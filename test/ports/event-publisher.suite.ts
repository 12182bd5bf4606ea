import { describe, expect, it } from 'vitest';
import type { LifecycleEvent } from '#contracts/events';
import { sequenceOf } from '#contracts/events';
import type { EventPublisher } from '#domain/ports';

const jobId = `acme_${'0'.repeat(24)}`;
export const stageStarted = (index: number): LifecycleEvent => ({
  schemaVersion: 1,
  idempotencyKey: `${jobId}:started:${index}`,
  sequence: sequenceOf('prep', 'started'),
  at: '2026-11-24T08:30:00.000Z',
  tenant: 'acme',
  jobId,
  type: 'stage.started',
  visit: 'prep',
});

/** What every bus promises. `heard` answers with what receivers have got so far. */
export function eventPublisherSuite(
  name: string,
  open: () => Promise<{ publisher: EventPublisher; heard(): Promise<readonly LifecycleEvent[]> }>,
): void {
  describe(name, () => {
    it('delivers every event of a call at least once, however many there are, unchanged', async () => {
      const { publisher, heard } = await open();
      const events = Array.from({ length: 23 }, (_, index) => stageStarted(index));
      await publisher.publish(events);
      const got = await heard();
      for (const event of events) expect(got).toContainEqual(event);
    });

    it('takes no events for no work', async () => {
      const { publisher } = await open();
      await publisher.publish([]);
    });
  });
}
