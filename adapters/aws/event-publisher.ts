import { setTimeout as wait } from 'node:timers/promises';
import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE, type LifecycleEvent } from '#contracts/events';
import type { EventPublisher } from '#domain/ports';
import { eventBridge } from './clients.ts';

/** PutEvents takes at most 10 entries. */
const BATCH = 10;
/** Waits before a refused entry is sent again, in milliseconds: 1.5 s in all, longer than the bus throttles one account in practice. */
const WAITS = [100, 200, 400, 800] as const;

export interface EventPublisherOptions {
  readonly busName: string;
  readonly client?: EventBridgeClient;
  /** Milliseconds before each new try of refused entries. */
  readonly waits?: readonly number[];
}

/** Puts lifecycle events on the product's bus. Either all of them are on it when the promise resolves, or it rejects and names the first that is not. */
export function openEventPublisher({ busName, client = eventBridge(), waits = WAITS }: EventPublisherOptions): EventPublisher {
  const entryOf = (event: LifecycleEvent): PutEventsRequestEntry => ({
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: event.type,
    Detail: JSON.stringify(event),
    Time: new Date(event.at),
  });

  const send = async (events: readonly LifecycleEvent[]): Promise<{ refused: LifecycleEvent[]; why: string }> => {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: events.map(entryOf) }));
    const refused = events.filter((_, index) => Entries[index]?.ErrorCode !== undefined);
    const first = Entries.find((entry) => entry.ErrorCode !== undefined);
    return { refused, why: `${first?.ErrorCode ?? ''} ${first?.ErrorMessage ?? ''}`.trim() };
  };

  const publishBatch = async (events: readonly LifecycleEvent[]): Promise<void> => {
    let { refused, why } = await send(events);
    for (const milliseconds of waits) {
      if (refused.length === 0) return;
      await wait(milliseconds);
      ({ refused, why } = await send(refused));
    }
    const [lost] = refused;
    if (lost)
      throw new Error(
        `bus ${busName}: expected to take ${events.length} events, it refused ${refused.length} of them ${waits.length + 1} times, ` +
          `first ${lost.type} ${lost.idempotencyKey}: ${why}`,
      );
  };

  return {
    async publish(events) {
      for (let start = 0; start < events.length; start += BATCH) await publishBatch(events.slice(start, start + BATCH));
    },
  };
}
