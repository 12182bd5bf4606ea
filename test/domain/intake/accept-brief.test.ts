import { describe, expect, it } from 'vitest';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { acceptBrief } from '#domain/intake/accept-brief';
import { arrivalOf } from '#domain/intake/arrival';
import { REPEAT_SECONDS } from '#domain/intake/repeated-upload';
import { BRIEF_KEY, fullBrief, intakeWorld, UPLOADED_AT } from './world.ts';

it('starts one execution for a good brief, with the exact asset versions it was accepted with', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, fullBrief);

  const receipt = await acceptBrief(world.arrival(object), world.neighbours);

  expect(receipt).toMatchObject({ result: 'accepted', pipeline: 'started', campaign: 'coffee-spring' });
  const [[jobId, message] = []] = [...world.pipeline.executions];
  expect(message?.job).toMatchObject({ jobId, tenant: 'acme', acceptedAt: UPLOADED_AT });
  const stored = AcceptedBrief.parse(JSON.parse(new TextDecoder().decode(world.artifacts.objects.get(keys.brief('acme', jobId ?? '')))));
  expect(stored.source).toEqual(object);
  expect(Object.keys(stored.assets)).toEqual(['assets/coffee.png', 'assets/logo.png', 'assets/mood.mp4']);
  expect(world.publisher.published).toMatchObject([
    { type: 'brief.accepted', idempotencyKey: `${jobId}:brief.accepted`, clipSeconds: 7.5, tier: 'final' },
  ]);
});

it('does nothing new for a copy of the event, even after the assets changed or went', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  await acceptBrief(world.arrival(object), world.neighbours);
  const before = new Map(world.artifacts.objects);
  world.uploadAssets();
  world.intake.upload(keys.asset(BRIEF_KEY, 'assets/coffee.png'), ''); // a version that no new brief would be accepted with

  const receipts = await Promise.all([1, 2, 3, 4].map(() => acceptBrief(world.arrival(object), world.neighbours)));

  expect(receipts).toEqual(Array(4).fill(expect.objectContaining({ result: 'accepted', pipeline: 'already-started' })));
  expect(world.artifacts.objects).toEqual(before);
  expect(world.pipeline.executions.size).toBe(1);
  expect(new Set(world.publisher.published.map((event) => JSON.stringify(event))).size).toBe(1);
});

it('makes one job of five copies that arrive at once, and all five say the same', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  const receipts = await Promise.all(Array.from({ length: 5 }, () => acceptBrief(world.arrival(object), world.neighbours)));
  expect(receipts.filter((receipt) => receipt.result === 'accepted' && receipt.pipeline === 'started')).toHaveLength(1);
  expect(new Set(world.publisher.published.map((event) => JSON.stringify(event))).size).toBe(1);
});

describe('the same brief uploaded again', () => {
  const uploads = (world: ReturnType<typeof intakeWorld>, count: number) =>
    Array.from({ length: count }, () => world.arrival(world.intake.upload(BRIEF_KEY, fullBrief)));

  it('is one job, however many uploads arrive at the same moment, and the others are kept in its history', async () => {
    const world = intakeWorld();
    world.uploadAssets();
    const receipts = await Promise.all(uploads(world, 5).map((arrival) => acceptBrief(arrival, world.neighbours)));

    expect(world.pipeline.executions.size).toBe(1);
    const [jobId] = [...world.pipeline.executions.keys()];
    expect(receipts.map(({ result }) => result).sort()).toEqual(['accepted', ...Array(4).fill('repeated')]);
    for (const event of world.publisher.published) expect(event.jobId).toBe(jobId);
    expect(world.types().sort()).toEqual(['brief.accepted', ...Array(4).fill('brief.duplicated')]);
    expect(new Set(world.publisher.published.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(5);
  });

  it('is the same job when its assets were uploaded again with it, byte for byte', async () => {
    const world = intakeWorld();
    for (let round = 0; round < 2; round++) {
      world.uploadAssets();
      for (const arrival of uploads(world, 1)) await acceptBrief(arrival, world.neighbours);
    }
    expect(world.pipeline.executions.size).toBe(1);
  });

  it('is a new job when its photo changed', async () => {
    const world = intakeWorld();
    world.uploadAssets();
    for (const arrival of uploads(world, 1)) await acceptBrief(arrival, world.neighbours);
    world.intake.upload(keys.asset(BRIEF_KEY, 'assets/coffee.png'), 'another picture');
    for (const arrival of uploads(world, 1)) await acceptBrief(arrival, world.neighbours);
    expect(world.pipeline.executions.size).toBe(2);
  });

  it('is a new job after ten minutes: then somebody means it', async () => {
    const world = intakeWorld();
    world.uploadAssets();
    const uploadedAfter = (seconds: number) => new Date(Date.parse(UPLOADED_AT) + seconds * 1000).toISOString();
    for (const seconds of [0, REPEAT_SECONDS - 1, REPEAT_SECONDS, 2 * REPEAT_SECONDS - 1])
      for (const arrival of uploads(world, 1)) await acceptBrief({ ...arrival, uploadedAt: uploadedAfter(seconds) }, world.neighbours);
    expect(world.pipeline.executions.size).toBe(2);
  });
});

it.each(['brief.JSON', 'Brief.Json', 'brief.jSoN'])('takes %s for a brief', async (name) => {
  const world = intakeWorld();
  const key = `acme/coffee-spring/${name}`;
  world.uploadAssets(key);
  expect((await acceptBrief(world.arrival(world.intake.upload(key, fullBrief)), world.neighbours)).result).toBe('accepted');
});

it.each(['acme/a/photo.png', 'acme/a/brief.json.bak', 'acme/a/brief.rejected.json', 'acme/a/brief.REJECTED.Json', 'json'])(
  'leaves %s alone',
  async (key) => {
    const world = intakeWorld();
    expect(await acceptBrief(world.arrival(world.intake.upload(key, '{}')), world.neighbours)).toEqual({ result: 'ignored' });
    expect(world.publisher.published).toEqual([]);
    expect(world.intake.notes.size).toBe(0);
  },
);

it.each([
  'brief.json',
  'Acme/brief.json',
  '-acme/brief.json',
  'unknown/brief.json',
  '/brief.json',
  'acme//brief.json',
  'acme/../globex/brief.json',
  'acme/./brief.json',
  'acme/br\u202eief.json',
  `${'a'.repeat(33)}/brief.json`,
])('answers a brief at the unusable key %j with a refusal, never with silence', async (key) => {
  const world = intakeWorld();
  world.uploadAssets(key);
  expect((await acceptBrief(world.arrival(world.intake.upload(key, fullBrief)), world.neighbours)).result).toBe('rejected');
  expect(world.note(key).problems).toMatchObject([{ path: '(object key)' }]);
  expect(world.publisher.published).toMatchObject([{ type: 'brief.rejected', tenant: expect.stringMatching(/^(acme|unknown)$/) }]);
});

it('tells by event alone when the note would need a longer key than S3 takes', async () => {
  const world = intakeWorld();
  const key = `acme/${'x'.repeat(1024 - 10)}.json`;
  expect((await acceptBrief(world.arrival(world.intake.upload(key, '{}')), world.neighbours)).result).toBe('rejected');
  expect(world.intake.notes.size).toBe(0);
  expect(world.types()).toEqual(['brief.rejected']);
});

it('refuses an asset name that could never be uploaded, instead of waiting for it', async () => {
  const world = intakeWorld();
  const key = `acme/${'x'.repeat(600)}/brief.json`;
  const brief = Object.assign(JSON.parse(fullBrief), { reference: `${'m'.repeat(500)}.mp4` });
  expect((await acceptBrief(world.arrival(world.intake.upload(key, JSON.stringify(brief))), world.neighbours)).result).toBe('rejected');
  expect(world.note(key).problems).toMatchObject([{ path: 'reference', expected: expect.stringContaining('1024 bytes') }]);
});

it('refuses a brief that is too large without reading it', async () => {
  const world = intakeWorld();
  const object = world.intake.upload(BRIEF_KEY, ' '.repeat(300_000));
  const deaf = { ...world.neighbours, intake: { ...world.intake, read: () => Promise.reject(new Error('must not be read')) } };
  expect((await acceptBrief(world.arrival(object), deaf)).result).toBe('rejected');
  expect(world.note().problems).toEqual([{ path: '$', expected: 'at most 262144 bytes', found: '300000 bytes' }]);
});

it('does not take its own note for a brief', async () => {
  const world = intakeWorld();
  await acceptBrief(world.arrival(world.intake.upload(BRIEF_KEY, '{}')), world.neighbours);
  const noteKey = keys.rejection(BRIEF_KEY);
  const note = await world.intake.stat(noteKey);
  expect(note && (await acceptBrief(world.arrival(note), world.neighbours))).toEqual({ result: 'ignored' });
});

it.each([
  ['an empty photo', 'assets/coffee.png', '', 'product.photo'],
  ['a logo over 5 MiB', 'assets/logo.png', 'x'.repeat(5 * 1024 * 1024 + 1), 'brand.logo'],
])('refuses %s', async (_, name, body, path) => {
  const world = intakeWorld();
  world.uploadAssets();
  world.intake.upload(keys.asset(BRIEF_KEY, name), body);
  expect((await acceptBrief(world.arrival(world.intake.upload(BRIEF_KEY, fullBrief)), world.neighbours)).result).toBe('rejected');
  expect(world.note().problems).toMatchObject([{ path, found: expect.stringContaining(`of ${body.length} bytes`) }]);
});

it('heals a run that died between any two of its effects', async () => {
  for (let survives = 0; survives < 8; survives++) {
    const world = intakeWorld();
    world.uploadAssets();
    const arrival = world.arrival(world.intake.upload(BRIEF_KEY, fullBrief));
    let left = survives;
    const dying = <T extends object>(port: T): T =>
      new Proxy(port, {
        get: (target, name) => {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]) => (left-- > 0 ? Reflect.apply(value, target, given) : Promise.reject(new Error('sandbox died')));
        },
      });
    const { artifacts, pipeline, publisher } = world;
    const first = acceptBrief(arrival, {
      ...world.neighbours,
      artifacts: dying(artifacts),
      pipeline: dying(pipeline),
      publisher: dying(publisher),
    });
    await first.catch((error: unknown) => expect(String(error)).toContain('sandbox died'));

    await acceptBrief(arrival, world.neighbours);
    expect(world.pipeline.executions.size).toBe(1);
    expect(new Set(world.publisher.published.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  }
});

it('takes nothing but uploads of a versioned bucket and parked briefs from its queue', () => {
  for (const body of [
    '',
    'not json',
    '{}',
    '[]',
    JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Deleted', time: UPLOADED_AT, detail: {} }),
    `"${'x'.repeat(500)}"`,
  ])
    expect(() => arrivalOf(body, 'm-1')).toThrow(/message m-1: expected an S3 "Object Created" event .* found /);
});

it('does not decode a key: EventBridge, unlike S3 itself, sends it as it is', () => {
  const event = {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2026-11-24T08:30:00Z',
    detail: { bucket: { name: 'intake' }, object: { key: 'acme/100%25+1.json', size: 2, 'version-id': 'v1' } },
  };
  expect(arrivalOf(JSON.stringify(event), 'm-1')).toEqual({
    object: { bucket: 'intake', key: 'acme/100%25+1.json', versionId: 'v1', bytes: 2 },
    uploadedAt: UPLOADED_AT,
  });
});

it('refuses a brief that pins a component which is not there, and says what is', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, JSON.stringify({ ...JSON.parse(fullBrief), components: { motion: 'sora@1.0.0' } }));
  expect(await acceptBrief(world.arrival(object), world.neighbours)).toMatchObject({ result: 'rejected' });
  expect(world.note().problems).toEqual([{ path: 'components.motion', expected: 'one of animatic@1.0.0', found: 'sora@1.0.0' }]);
});

it('accepts a brief that pins a version which is there', async () => {
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, JSON.stringify({ ...JSON.parse(fullBrief), components: { motion: 'animatic@1.0.0' } }));
  expect(await acceptBrief(world.arrival(object), world.neighbours)).toMatchObject({ result: 'accepted' });
});
