import { expect, it } from 'vitest';
import * as z from 'zod';
import { ErrorName } from '#contracts/errors';
import type { LifecycleEvent } from '#contracts/events';
import { IntakeOutput } from '#contracts/job';
import { Rework } from '#contracts/rework';
import { step } from '#lambdas/step';

const job = {
  jobId: `acme_${'0'.repeat(24)}`,
  tenant: 'acme',
  campaign: 'spring',
  acceptedAt: '2026-11-24T00:00:00.000Z',
  brief: { bucket: 'artifacts', key: 'brief.json', sha256: 'a'.repeat(64), bytes: 2 },
};
const context = { awsRequestId: 'request-1', memoryLimitInMB: '512' };
const Output = IntakeOutput.extend({ answer: z.literal(42) });

function door(run: () => Promise<unknown>, publish: (events: readonly LifecycleEvent[]) => Promise<void>) {
  let opened = 0;
  const handler = step(
    { name: 'prep.think', visit: () => 'prep' as const, input: IntakeOutput, output: Output },
    () => ++opened,
    (input) => run().then((answer) => Object.assign({}, input, { answer: z.literal(42).parse(answer) })),
    () => ({ environment: {}, publisher: { publish }, now: () => new Date('2026-11-24T00:00:00Z') }),
  );
  return { handler, opened: () => opened };
}

it('returns the message grown by one key, and tells the ledger what it used', async () => {
  const told: LifecycleEvent[] = [];
  const { handler, opened } = door(
    async () => 42,
    async (events) => void told.push(...events),
  );
  expect(await handler({ job }, context)).toEqual({ job, answer: 42 });
  await handler({ job }, { ...context, awsRequestId: 'request-2' });

  expect(opened()).toBe(1);
  expect(told.map((event) => event.type)).toEqual(['stage.started', 'stage.completed', 'stage.started', 'stage.completed']);
  expect(told[1]).toMatchObject({ usage: { requestId: 'request-1', memoryMb: 512 }, campaign: 'spring' });
  expect(new Set(told.map((event) => event.idempotencyKey)).size).toBe(4);
});

it('refuses a message that breaks its contract before any work is done', async () => {
  const { handler, opened } = door(
    async () => 42,
    async () => {},
  );
  await expect(handler({ job: { ...job, tenant: '../other' } }, context)).rejects.toMatchObject({
    name: ErrorName.ContractViolated,
    message: expect.stringContaining('tenant'),
  });
  expect(opened()).toBe(0);
});

it('keeps the name of a failure and still reports what the failed try used', async () => {
  const told: LifecycleEvent[] = [];
  const failure = Object.assign(new Error('photo.png: expected PNG, found SVG'), { name: ErrorName.AssetRejected });
  const { handler } = door(
    () => Promise.reject(failure),
    async (events) => void told.push(...events),
  );
  await expect(handler({ job }, context)).rejects.toBe(failure);
  expect(told.at(-1)).toMatchObject({ type: 'stage.failed', error: ErrorName.AssetRejected, cause: failure.message });
});

it('renders on when the bus cannot be reached', async () => {
  const { handler } = door(
    async () => 42,
    () => Promise.reject(new Error('no route to bus')),
  );
  expect(await handler({ job }, context)).toEqual({ job, answer: 42 });
});

it('tells the ledger to which take of the job its work belongs', async () => {
  const told: LifecycleEvent[] = [];
  const Reworked = IntakeOutput.extend({ rework: Rework.optional() });
  const handler = step(
    { name: 'plan.think', visit: () => 'plan:preview' as const, input: Reworked, output: Reworked },
    () => undefined,
    (input) => input,
    () => ({ environment: {}, publisher: { publish: async (events) => void told.push(...events) }, now: () => new Date(0) }),
  );
  await handler({ job }, context);
  await handler({ job, rework: { take: 2, shots: [{ shot: 0, take: 2 }] } }, context);
  expect(told.map(({ sequence }) => sequence)).toEqual([4_000, 4_900, 104_000, 104_900]);
});
