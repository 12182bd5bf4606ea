import { EventBridgeClient, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { expect, it } from 'vitest';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { stageStarted } from '../../ports/event-publisher.suite.ts';

/** A real client whose answers the test chooses: nothing is sent anywhere. */
function bus(refuses: (call: number, detail: string) => boolean) {
  const calls: PutEventsCommandInput[] = [];
  const client = new EventBridgeClient({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  client.middlewareStack.add(
    () => async (args) => {
      const input = args.input as PutEventsCommandInput;
      calls.push(input);
      const Entries = (input.Entries ?? []).map(({ Detail = '' }) =>
        refuses(calls.length, Detail) ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' } : { EventId: 'e' },
      );
      return { response: {}, output: { $metadata: {}, Entries } };
    },
    { step: 'initialize' },
  );
  return { calls, publisher: openEventPublisher({ busName: 'bus', client, waits: [0, 0, 0] }) };
}
const events = Array.from({ length: 12 }, (_, index) => stageStarted(index));

it('sends at most ten events a call, as the service asks', async () => {
  const { calls, publisher } = bus(() => false);
  await publisher.publish(events);
  expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 2]);
  expect(calls[0]?.Entries?.[0]).toMatchObject({
    EventBusName: 'bus',
    Source: 'framewright',
    DetailType: 'stage.started',
    Time: new Date('2026-11-24T08:30:00Z'),
  });
});

it('sends again exactly those that were refused', async () => {
  const { calls, publisher } = bus((call, detail) => call <= 2 && /:started:[37]"/.test(detail));
  await publisher.publish(events.slice(0, 10));
  expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 2, 2]);
});

it('gives up loudly, and names the first event that is not on the bus', async () => {
  const { calls, publisher } = bus((_, detail) => /:started:7"/.test(detail));
  await expect(publisher.publish(events)).rejects.toThrow(
    /bus bus: .* refused 1 of them 4 times, first stage\.started acme_0+:started:7: ThrottlingException slow down/,
  );
  expect(calls).toHaveLength(4);
});
