import { CreateEventBusCommand } from '@aws-sdk/client-eventbridge';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { EVENT_SOURCE, LifecycleEvent } from '#contracts/events';
import { events, eventually, listen, unique } from '../platform/aws.ts';
import { eventPublisherSuite } from './event-publisher.suite.ts';

eventPublisherSuite('the bus on EventBridge', async () => {
  const busName = unique('bus');
  await events.send(new CreateEventBusCommand({ Name: busName }));
  const next = await listen({ source: [EVENT_SOURCE], 'detail-type': ['stage.started'] }, busName);
  const got: LifecycleEvent[] = [];
  return {
    publisher: openEventPublisher({ busName, client: events }),
    heard: () =>
      eventually('23 events', async () => {
        got.push(...(await next()).map(({ detail }) => LifecycleEvent.parse(detail)));
        return got.length >= 23 ? got : undefined;
      }),
  };
});
