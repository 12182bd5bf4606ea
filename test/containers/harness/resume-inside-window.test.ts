import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { ExitCode } from '#contracts/errors';
import type { MotionBackend } from '../../../containers/harness/motion-backend.ts';
import { scriptedBackend } from '../scripted/scripted-backend.ts';
import { attempt, contentOf } from './bench.ts';
import { atFrame, rendered, toy } from './toy.ts';

type Store = ReturnType<typeof openMemoryArtifactStore>;
const made = toy;

const undisturbed = async (): Promise<Record<string, string>> => {
  const store = openMemoryArtifactStore();
  expect((await attempt({ made, store, backend: scriptedBackend() })).code).toBe(0);
  return contentOf(store);
};

/** An attempt that is told to stop while it takes frame 11: in the second window, after its steps. */
const stopped = (store: Store, backend: MotionBackend = scriptedBackend()) =>
  attempt({ made, store, backend: atFrame(11, backend, () => process.emit('SIGTERM')) });

const checkpointIn = (store: Store): string => [...store.objects.keys()].find((key) => key.endsWith('.checkpoint')) ?? 'no checkpoint';
const resumes = (lines: readonly { message: string }[]): unknown[] =>
  lines.filter(({ message }) => message === 'window rendered').map((line) => 'resumed' in line && line.resumed);

describe('a worker that is told to stop inside a window', () => {
  it('keeps its state, and the next attempt goes on from there to the same bytes', async () => {
    const store = openMemoryArtifactStore();
    const first = await stopped(store);
    expect(first.code).toBe(ExitCode.Interrupted);
    expect(first.lines.some(({ message }) => message === 'checkpoint kept')).toBe(true);

    const second = await attempt({ made, store, backend: scriptedBackend(), attempt: 2 });
    expect(second.code).toBe(0);
    expect(resumes(second.lines)[0]).toBe(true);
    expect(resumes(second.lines).slice(1)).not.toContain(true);
    expect(rendered(contentOf(store))).toEqual(await undisturbed());
  });

  it('leaves an empty checkpoint once the window is committed', async () => {
    const store = openMemoryArtifactStore();
    await stopped(store);
    expect(store.objects.get(checkpointIn(store))?.byteLength).toBeGreaterThan(0);
    await attempt({ made, store, backend: scriptedBackend(), attempt: 2 });
    expect(store.objects.get(checkpointIn(store))?.byteLength).toBe(0);
  });

  it('leaves in time, and without a checkpoint, when the component cannot give one', async () => {
    const store = openMemoryArtifactStore();
    const broken: MotionBackend = { ...scriptedBackend(), checkpoint: () => Promise.reject(new Error('no room on the disk')) };
    const { code, lines } = await stopped(store, broken);
    expect(code).toBe(ExitCode.Interrupted);
    expect(lines.find(({ message }) => message === 'checkpoint lost')).toMatchObject({ error: 'Error: no room on the disk' });
    expect(checkpointIn(store)).toBe('no checkpoint');
  });

  it('commits the window when it is ready before the state is', async () => {
    const store = openMemoryArtifactStore();
    const backend = scriptedBackend();
    const { lines } = await attempt({ made, store, backend: atFrame(15, backend, () => process.emit('SIGTERM')) }); // the second window's last
    expect(resumes(lines)).toHaveLength(2);
  });
});

describe('a checkpoint', () => {
  it.each<[string, (body: Uint8Array) => Uint8Array]>([
    ['of another version of the component', (body) => replaced(body, '"version":"1.0.0"', '"version":"0.9.0"')],
    ['of another plan', (body) => replaced(body, /"plan":"[0-9a-f]{64}"/, `"plan":"${'0'.repeat(64)}"`)],
    ['of another past', (body) => replaced(body, /"contextSha256":"[0-9a-f]{64}"/, `"contextSha256":"${'0'.repeat(64)}"`)],
    ['with a flipped bit', (body) => body.with(body.byteLength - 1, (body.at(-1) ?? 0) ^ 1)],
    ['cut short', (body) => body.subarray(0, 40)],
  ])('%s is ignored, said to be, and costs nothing but time', async (_, spoil) => {
    const store = openMemoryArtifactStore();
    await stopped(store);
    const key = checkpointIn(store);
    const before = store.objects.get(key)!;
    const after = spoil(before);
    expect(Buffer.from(after).equals(before)).toBe(false);
    await store.put(key, after);

    const { code, lines } = await attempt({ made, store, backend: scriptedBackend(), attempt: 2 });
    expect(code).toBe(0);
    expect(lines.some(({ message }) => message === 'checkpoint ignored')).toBe(true);
    expect(resumes(lines)).not.toContain(true);
    expect(rendered(contentOf(store))).toEqual(await undisturbed());
  });

  it('that led to a failure is not tried a second time', async () => {
    const store = openMemoryArtifactStore();
    await stopped(store);
    const allergic: MotionBackend = {
      ...scriptedBackend(),
      generate: async ({ resume, ...request }, sink, interruption) => {
        if (resume) throw new Error('out of memory');
        return scriptedBackend().generate(request, sink, interruption);
      },
    };
    expect((await attempt({ made, store, backend: allergic, attempt: 2 })).code).toBe(ExitCode.Failed);
    expect((await attempt({ made, store, backend: allergic, attempt: 3 })).code).toBe(0);
    expect(rendered(contentOf(store))).toEqual(await undisturbed());
  });
});

describe('what a window left', () => {
  it('is named in its manifest with its hash, and refused when it is not what was left', async () => {
    const store = openMemoryArtifactStore();
    await attempt({ made, store, backend: scriptedBackend(), crashAt: 'window:commit:after' });
    const context = [...store.objects.keys()].find((key) => key.endsWith('.context')) ?? 'no context';
    await store.put(context, new Uint8Array(256));
    const { code, lines } = await attempt({ made, store, backend: scriptedBackend(), attempt: 2 });
    expect(code).toBe(ExitCode.BadWork);
    expect(lines.at(-1)).toMatchObject({ error: 'Artifact.Corrupted', cause: expect.stringContaining(context) });
  });
});

describe("an attempt's time", () => {
  /** A clock that moves when it is read: one millisecond a look. */
  const clock = () => {
    let ms = 0;
    return () => ms++;
  };
  const told = (publisher: ReturnType<typeof openMemoryEventPublisher>) =>
    publisher.published.flatMap((event) => (event.type === 'stage.progressed' && event.work ? [event.work] : []));

  it('is useful up to the last commit when nobody disturbs it', async () => {
    const publisher = openMemoryEventPublisher();
    await attempt({ made, publisher, elapsed: clock(), backend: scriptedBackend() });
    expect(told(publisher).at(-1)).toMatchObject({ attempt: 1, usefulMs: 3, repeatedMs: 0 }); // four commits, the first look at 0
  });

  it('is repeated up to the first window that is still missing, after a reclaim', async () => {
    const store = openMemoryArtifactStore();
    await attempt({ made, store, backend: scriptedBackend(), crashAt: 'window:commit:after' });
    const publisher = openMemoryEventPublisher();
    await attempt({ made, store, publisher, elapsed: clock(), backend: scriptedBackend(), attempt: 2 });
    const last = told(publisher).at(-1);
    expect(last).toMatchObject({ attempt: 2, repeatedMs: 1, usefulMs: 3 }); // found one, loaded, then three commits
  });

  it('is useful up to a checkpoint, and told before the worker leaves', async () => {
    const publisher = openMemoryEventPublisher();
    await attempt({
      ...{ made, publisher, elapsed: clock() },
      backend: atFrame(11, scriptedBackend(), () => process.emit('SIGTERM')),
    });
    expect(told(publisher).at(-1)).toMatchObject({ usefulMs: 1 }); // one commit, one checkpoint
  });
});

const replaced = (body: Uint8Array, what: string | RegExp, by: string): Uint8Array =>
  Buffer.from(Buffer.from(body).toString('latin1').replace(what, by), 'latin1');
