import type { LifecycleEvent } from '#contracts/events';
import { LifecycleEvent as LifecycleEventSchema } from '#contracts/events';
import type { EventPublisher } from '#domain/ports';

export interface MemoryEventPublisher extends EventPublisher {
  /** Everything published so far, copies included, in order. */
  readonly published: LifecycleEvent[];
}

/** A bus in memory. Like the real one it passes JSON on, so an event that does not survive JSON does not survive here. */
export function openMemoryEventPublisher(): MemoryEventPublisher {
  const published: LifecycleEvent[] = [];
  return {
    published,
    async publish(events) {
      published.push(...events.map((event) => LifecycleEventSchema.parse(JSON.parse(JSON.stringify(event)))));
    },
  };
}
