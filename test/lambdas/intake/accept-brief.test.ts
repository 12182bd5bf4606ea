import { expect, it } from 'vitest';
import type { IntakeObject } from '#contracts/job';
import { acceptBriefs } from '#lambdas/intake/accept-brief';
import { BRIEF_KEY, fullBrief, intakeWorld } from '../../domain/intake/world.ts';

const context = { memoryLimitInMB: '512' };
const record = (messageId: string, body: string) => ({
  messageId,
  body,
  receiptHandle: 'r',
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:intake',
  awsRegion: 'us-east-1',
});
const created = ({ bucket, key, bytes, versionId }: IntakeObject) =>
  JSON.stringify({
    version: '0',
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2026-11-24T08:30:00Z',
    detail: { bucket: { name: bucket }, object: { key, size: bytes, 'version-id': versionId } },
  });

it('answers every record of a batch and gives back only the one that is not ours', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const good = world.intake.upload(BRIEF_KEY, fullBrief);
  const bad = world.intake.upload('acme/other/brief.json', '{"schema":1}');
  const handler = acceptBriefs(() => world.neighbours);

  const answer = await handler(
    { Records: [record('good', created(good)), record('poison', 'not json'), record('bad', created(bad)), record('copy', created(good))] },
    context,
  );

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
  expect(world.pipeline.executions.size).toBe(1);
  expect([...world.intake.notes.keys()]).toEqual(['acme/other/brief.rejected.json']);
});

it('gives a record back when a neighbour fails, and answers it the next time', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  let broken = true;
  const pipeline = {
    start: (...given: Parameters<typeof world.pipeline.start>) =>
      broken ? Promise.reject(new Error('throttled')) : world.pipeline.start(...given),
  };
  const handler = acceptBriefs(() => ({ ...world.neighbours, pipeline }));
  const batch = { Records: [record('m', created(object))] };

  expect(await handler(batch, context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  broken = false;
  expect(await handler(batch, context)).toEqual({ batchItemFailures: [] });
  expect(world.types()).toEqual(['brief.accepted', 'stage.completed']);
});

it('charges a job once for intake, however often its event is delivered', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  const handler = acceptBriefs(() => world.neighbours);
  for (let delivery = 0; delivery < 3; delivery++) await handler({ Records: [record(`m-${delivery}`, created(object))] }, context);

  const charges = world.publisher.published.flatMap((event) => (event.type === 'stage.completed' ? [event] : []));
  expect(charges[0]).toMatchObject({ visit: 'intake', campaign: 'coffee-spring', usage: { memoryMb: 512 } });
  expect(new Set(charges.map(({ usage }) => usage.requestId)).size).toBe(1);
  expect(new Set(charges.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

it('opens its neighbours once, on the first record that needs them', async () => {
  let opened = 0;
  const world = intakeWorld();
  const handler = acceptBriefs(() => {
    opened++;
    return world.neighbours;
  });
  expect(opened).toBe(0);
  await handler(
    {
      Records: [record('a', created(world.intake.upload('acme/a.png', 'x'))), record('b', created(world.intake.upload('acme/b.png', 'x')))],
    },
    context,
  );
  expect(opened).toBe(1);
});
