import { expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { ExitCode } from '#contracts/errors';
import { faultIn } from '../scripted/faults.ts';
import { scriptedBackend } from '../scripted/scripted-backend.ts';
import { attempt, contentOf } from './bench.ts';
import { toy as made } from './toy.ts';

/** Any moment in the second window: its steps and frames are the 17th to the 32nd of the run. */
const MOMENT = 20;

it.each([
  ['stall', ExitCode.Failed, 'Component.Stalled', 'expected a frame within 1 s of the one before, found none'],
  ['out-of-memory', ExitCode.Failed, 'Error', 'CUDA out of memory'],
  ['wrong-shape', ExitCode.BadWork, 'Contract.Violated', 'expected frames of'],
  ['nan', ExitCode.BadWork, 'Contract.Violated', 'expected a picture, found black'],
  ['frame-short', ExitCode.BadWork, 'Contract.Violated', 'expected 8 frames, found 7'],
  ['frame-over', ExitCode.BadWork, 'Contract.Violated', 'expected 8 frames, found more'],
])('a component with the fault %s ends its worker with exit code %i and says %s: %s', async (kind, exitCode, name, cause) => {
  const store = openMemoryArtifactStore();
  const at = kind === 'wrong-shape' ? 26 : MOMENT; // a shape shows in a frame, not in a step
  const backend = scriptedBackend({ fault: faultIn(`${kind}@${at}`, 1) });
  const { code, lines } = await attempt({ made, store, backend });
  expect(code).toBe(exitCode);
  expect(lines.at(-1)).toMatchObject({ message: 'worker failed', error: name, cause: expect.stringContaining(cause) });

  const undisturbed = openMemoryArtifactStore();
  await attempt({ made, store: undisturbed, backend: scriptedBackend() });
  expect((await attempt({ made, store, backend: scriptedBackend(), attempt: 2 })).code).toBe(0); // the fault was of that attempt
  expect(contentOf(store)).toEqual(contentOf(undisturbed));
});

it('a component that is only slow is waited for', async () => {
  const { code } = await attempt({ made, backend: scriptedBackend({ fault: faultIn(`slow@${MOMENT}`, 1) }) });
  expect(code).toBe(0);
});

it('a component that does not close does not keep its worker', async () => {
  const backend = { ...scriptedBackend(), close: () => new Promise<never>(() => {}) };
  expect((await attempt({ made, backend })).code).toBe(0);
});

it('a worker that fails tells the ledger its error and its sentence, the same event however often it is told', async () => {
  const publisher = openMemoryEventPublisher();
  const failing = () =>
    attempt({ made, publisher, batchJobId: 'job-1', backend: scriptedBackend({ fault: faultIn(`frame-short@${MOMENT}`, 1) }) });
  await failing();
  await failing();
  const told = publisher.published.filter(({ type }) => type === 'attempt.failed');
  expect(told[0]).toMatchObject({
    ...{ visit: 'generate:preview', part: 0, batchJobId: 'job-1', attempt: 1, exitCode: ExitCode.BadWork },
    ...{ error: 'Contract.Violated', cause: expect.stringContaining('expected 8 frames, found 7') },
  });
  expect(new Set(told.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

it('a bus that does not answer changes nothing about how a worker ends', async () => {
  const publisher = { publish: () => Promise.reject(new Error('no bus')) };
  const { code } = await attempt({ made, publisher, backend: scriptedBackend({ fault: faultIn(`frame-short@${MOMENT}`, 1) }) });
  expect(code).toBe(ExitCode.BadWork);
});
