import fc from 'fast-check';
import { expect, it } from 'vitest';
import { acceptBrief } from '#domain/intake/accept-brief';
import { arrivalOf } from '#domain/intake/arrival';
import { park } from '#domain/intake/parking';
import { BRIEF_KEY, fullBrief, intakeWorld, UPLOADED_AT } from './world.ts';

/** Lets the queue deliver parked briefs again and again until none is left; answers with the last receipt. */
async function waitOut(world: ReturnType<typeof intakeWorld>) {
  const results: string[] = [];
  for (let parked = world.parking.leave(); parked.length > 0; parked = world.parking.leave()) {
    for (const { message, delaySeconds } of parked) {
      world.pass(delaySeconds);
      results.push((await acceptBrief(arrivalOf(message, 'm'), world.neighbours)).result);
    }
  }
  return results;
}

it('accepts a brief that was faster than its assets as soon as they are there', async () => {
  const world = intakeWorld();
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  expect((await acceptBrief(world.arrival(object), world.neighbours)).result).toBe('parked');
  world.uploadAssets();
  expect(await waitOut(world)).toEqual(['accepted']);
  expect(world.types()).toEqual(['brief.parked', 'brief.accepted']);
  expect(world.publisher.published[0]).toMatchObject({
    missing: ['coffee.png', 'logo.png', 'mood.mp4'].map((name) => `acme/coffee-spring/assets/${name}`),
    until: '2026-11-24T08:30:06.000Z',
  });
  expect([...world.pipeline.executions.values()][0]?.job.acceptedAt).toBe(UPLOADED_AT);
});

it('gives up after the limit and names what never came, where it belongs', async () => {
  const world = intakeWorld(6);
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  await acceptBrief(world.arrival(object), world.neighbours);
  expect(await waitOut(world)).toEqual(['parked', 'parked', 'rejected']); // looks after 1, 3 and 6 seconds
  expect(world.note().problems.map(({ path }) => path)).toEqual(['product.photo', 'brand.logo', 'reference']);
  expect(world.note().problems[0]?.expected).toContain('a file at "acme/coffee-spring/assets/coffee.png" within 6 seconds');
  expect(world.types()).toEqual(['brief.parked', 'brief.rejected']);
});

it('stays refused when a copy of the event comes after the assets did', async () => {
  const world = intakeWorld(1);
  const object = world.intake.upload(BRIEF_KEY, fullBrief);
  await acceptBrief(world.arrival(object), world.neighbours);
  await waitOut(world);
  world.uploadAssets();
  expect((await acceptBrief(world.arrival(object), world.neighbours)).result).toBe('rejected');
  expect(world.pipeline.executions.size).toBe(0);

  const again = world.intake.upload(BRIEF_KEY, fullBrief);
  expect((await acceptBrief(world.arrival(again), world.neighbours)).result).toBe('accepted');
});

it('is not fooled by anything else that lies where its note would be', async () => {
  for (const litter of ['{}', 'not json', '\u0000', `{"schema":"framewright/rejection/v1","problems":[]}`]) {
    const world = intakeWorld();
    world.uploadAssets();
    world.intake.upload('acme/coffee-spring/brief.rejected.json', litter);
    expect((await acceptBrief(world.arrival(world.intake.upload(BRIEF_KEY, fullBrief)), world.neighbours)).result).toBe('accepted');
  }
});

it('waits 1, 2, 4 ... seconds, never over a minute, and looks a last time exactly at the limit', () => {
  const object = { bucket: 'intake', key: BRIEF_KEY, versionId: 'v1', bytes: 10 };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3600 }), (limit) => {
      const start = Date.parse(UPLOADED_AT);
      let elapsed = 0;
      let arrival: Parameters<typeof park>[0] = { object, uploadedAt: UPLOADED_AT };
      const delays: number[] = [];
      for (
        let decision = park(arrival, new Date(start), limit);
        decision.give === 'time';
        decision = park(arrival, new Date(start + elapsed * 1000), limit)
      ) {
        delays.push(decision.delaySeconds);
        elapsed += decision.delaySeconds;
        arrival = { ...arrival, parked: decision.ticket };
      }
      expect(elapsed).toBe(limit);
      expect(Math.max(...delays)).toBeLessThanOrEqual(60);
      expect(delays.slice(0, -1)).toEqual(delays.slice(0, -1).map((_, index) => Math.min(60, 2 ** index)));
    }),
  );
});
