import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { crashPoints } from '../../../containers/harness/crash-points.ts';
import { attempt, contentOf, scripted } from './bench.ts';

const points = ['worker:start', 'window:generate', 'window:upload', 'window:commit'];
const places = points.flatMap((point) => [`${point}:before`, `${point}:after`]);

describe('a worker that dies', () => {
  it.each(places)('at %s leaves work that the next attempt completes to the same bytes', async (crashAt) => {
    const undisturbed = openMemoryArtifactStore();
    expect((await attempt({ store: undisturbed })).code).toBe(0);

    const store = openMemoryArtifactStore();
    expect((await attempt({ store, crashAt })).code).toBe('died');
    expect((await attempt({ store, crashAt, attempt: 2 })).code).toBe(0);
    expect(contentOf(store)).toEqual(contentOf(undisturbed));
  });

  it('right after a commit does not render that window again', async () => {
    const store = openMemoryArtifactStore();
    const first = scripted();
    await attempt({ store, backend: first.backend, crashAt: 'window:commit:after' });
    const second = scripted();
    await attempt({ store, backend: second.backend, attempt: 2 });
    expect([first.rendered, second.rendered]).toEqual([['0-8'], ['6-14', '12-20', '16-24']]);
  });

  it('in every attempt, when it is told to', async () => {
    const store = openMemoryArtifactStore();
    for (const number of [1, 2, 3])
      expect((await attempt({ store, crashAt: 'window:commit:before:always', attempt: number })).code).toBe('died');
  });
});

it('names the form it expects when the setting has another', () => {
  expect(() => crashPoints('window-commit', 1, () => Promise.reject(new Error('never')))).toThrow(
    'expected <point>:before or <point>:after',
  );
});
