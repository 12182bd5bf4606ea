import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { eventPublisherSuite } from './event-publisher.suite.ts';

eventPublisherSuite('the bus in memory', async () => {
  const publisher = openMemoryEventPublisher();
  return { publisher, heard: async () => publisher.published };
});
