import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { crashPoints, MOTION_CRASH_POINTS } from '../../../containers/harness/crash-points.ts';
import { scriptedBackend } from '../scripted/scripted-backend.ts';
import { attempt, contentOf, scripted } from './bench.ts';
import { toy } from './toy.ts';

// Passed only by a machine that is taken away; the test of the process dies there.
const points = MOTION_CRASH_POINTS.filter((point) => point !== 'window:checkpoint');
const places = points.flatMap((point) => [`${point}:before`, `${point}:after`]);
const ownContext = 'window:context'; // no place for a component that continues nothing

describe.each([
  ['whose windows stand alone', () => ({}), places.filter((place) => !place.startsWith(ownContext))],
  ['whose windows continue each other', () => ({ made: toy, backend: scriptedBackend() }), places],
])('a worker %s that dies', (_, make, its) => {
  it.each(its)('at %s leaves work that the next attempt completes to the same bytes', async (crashAt) => {
    const undisturbed = openMemoryArtifactStore();
    expect((await attempt({ ...make(), store: undisturbed })).code).toBe(0);

    const store = openMemoryArtifactStore();
    expect((await attempt({ ...make(), store, crashAt })).code).toBe('died');
    expect((await attempt({ ...make(), store, crashAt, attempt: 2 })).code).toBe(0);
    expect(contentOf(store)).toEqual(contentOf(undisturbed));
  });
});

it('right after a commit a worker that died does not render that window again', async () => {
  const store = openMemoryArtifactStore();
  const first = scripted();
  await attempt({ store, backend: first.backend, crashAt: 'window:commit:after' });
  const second = scripted();
  await attempt({ store, backend: second.backend, attempt: 2 });
  expect([first.rendered, second.rendered]).toEqual([['0-8'], ['6-14', '12-20', '16-24']]);
});

it('dies in every attempt, when it is told to', async () => {
  const store = openMemoryArtifactStore();
  for (const number of [1, 2, 3])
    expect((await attempt({ store, crashAt: 'window:commit:before:always', attempt: number })).code).toBe('died');
});

it('names the form it expects when the setting has another', () => {
  expect(() => crashPoints('window-commit', 1, () => Promise.reject(new Error('never')))).toThrow(
    'expected <point>:before or <point>:after',
  );
});
