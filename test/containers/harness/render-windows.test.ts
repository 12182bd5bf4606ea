import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { ExitCode } from '#contracts/errors';
import { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import { attempt, component, contentOf, FFMPEG, frameOf, plan, scripted } from './bench.ts';

const manifestsOf = (store: { objects: ReadonlyMap<string, Uint8Array> }) =>
  [...store.objects]
    .filter(([key]) => key.includes('/shots/') && key.endsWith('.json'))
    .map(([, body]) => WindowManifest.parse(JSON.parse(Buffer.from(body).toString())));

describe('a worker', () => {
  it('leaves every window of its shot with a manifest that names the frames', async () => {
    const store = openMemoryArtifactStore();
    expect((await attempt({ store })).code).toBe(0);
    const manifests = manifestsOf(store);
    expect(manifests.map(({ window }) => [window.start, window.end])).toEqual([
      [0, 8],
      [6, 14],
      [12, 20],
      [16, 24],
    ]);
    for (const { frames } of manifests) expect((await store.get(frames)).byteLength).toBe(frames.bytes);
  });

  it('stores frames that decode to exactly what was rendered', async () => {
    const store = openMemoryArtifactStore();
    await attempt({ store });
    const [manifest] = manifestsOf(store);
    const folder = await mkdtemp(join(tmpdir(), 'window-'));
    await writeFile(join(folder, 'w.nut'), await store.get(manifest!.frames));
    const decoded = spawnSync(FFMPEG, [
      '-v',
      'error',
      '-f',
      'nut',
      '-i',
      join(folder, 'w.nut'),
      '-f',
      'rawvideo',
      '-pix_fmt',
      'yuv420p',
      '-',
    ]);
    await rm(folder, { recursive: true });

    expect(decoded.stdout.byteLength).toBe(8 * plan.plate.width * plan.plate.height * 1.5);
    expect(createHash('sha256').update(decoded.stdout).digest('hex')).toBe(manifest!.decodedSha256);
  });

  it('renders a shot that was sent back anew beside what it was, and finds the others done', async () => {
    const store = openMemoryArtifactStore();
    for (const part of [0, 1]) await attempt({ store, part });
    const before = contentOf(store);
    const rework = { take: 2, shots: [{ shot: 1, take: 2 }] };
    const [kept, anew] = [scripted(), scripted()];
    expect((await attempt({ store, part: 0, rework, backend: kept.backend })).code).toBe(0);
    expect((await attempt({ store, part: 1, rework, backend: anew.backend })).code).toBe(0);
    expect(kept.rendered).toEqual([]);
    expect(anew.rendered).toEqual(['0-8', '4-12']);

    const after = contentOf(store);
    expect(after).toMatchObject(before);
    const added = Object.keys(after).filter((key) => !(key in before));
    expect(added.filter((key) => !key.includes('/shots/001-take2/'))).toEqual([expect.stringMatching(/preview-take2\/plan\.json$/)]);
    const hashes = manifestsOf(store).filter(({ shot }) => shot === 1);
    expect(new Set(hashes.map(({ decodedSha256 }) => decodedSha256)).size).toBe(hashes.length);
  });

  it('renders the shot its array index names', async () => {
    const store = openMemoryArtifactStore();
    await attempt({ store, part: 1 });
    expect(manifestsOf(store).map(({ shot, frameCount }) => [shot, frameCount])).toEqual([
      [1, 8],
      [1, 8],
    ]);
  });

  it('renders nothing a second time', async () => {
    const store = openMemoryArtifactStore();
    await attempt({ store });
    const again = scripted();
    expect((await attempt({ store, backend: again.backend, attempt: 2 })).code).toBe(0);
    expect(again.rendered).toEqual([]);
  });

  it('racing another on the same shot commits each window once, and both succeed', async () => {
    const store = openMemoryArtifactStore();
    const commits: string[] = [];
    const counted = {
      ...store,
      create: async (key: string, body: Uint8Array) => {
        const first = await store.create(key, body);
        if (first) commits.push(key);
        return first;
      },
    };
    const [one, two] = await Promise.all([attempt({ store: counted }), attempt({ store: counted })]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(commits).toHaveLength(4);
    expect(new Set(commits).size).toBe(4);
    for (const { frames } of manifestsOf(store)) await store.get(frames);
  });

  it('stopped inside a window leaves with the agreed code within the frame, and the window is not committed', async () => {
    const store = openMemoryArtifactStore();
    const stopping = scripted((n) => {
      if (n === 10) process.emit('SIGTERM');
    });
    expect((await attempt({ store, backend: stopping.backend })).code).toBe(ExitCode.Interrupted);
    expect(stopping.rendered).toEqual(['0-8']);
    expect(manifestsOf(store)).toHaveLength(1);

    const rest = scripted();
    expect((await attempt({ store, backend: rest.backend, attempt: 2 })).code).toBe(0);
    expect(rest.rendered).toEqual(['6-14', '12-20', '16-24']);
  });

  it.each([
    [
      'too few frames',
      () =>
        scripted(
          () => {},
          (request, n) => frameOf(request, n).subarray(1),
        ),
      'expected frames of',
    ],
    [
      'only black frames',
      () =>
        scripted(
          () => {},
          (request, n) => frameOf(request, n).fill(16),
        ),
      'found black',
    ],
  ])('refuses %s and does not ask for another attempt', async (_, make, message) => {
    const store = openMemoryArtifactStore();
    const { code, lines } = await attempt({ store, backend: make().backend });
    expect(code).toBe(ExitCode.BadWork);
    expect(lines.at(-1)).toMatchObject({ message: 'worker failed', cause: expect.stringContaining(message) });
    expect(manifestsOf(store)).toEqual([]);
  });

  it('refuses a window with a frame missing at its end', async () => {
    const store = openMemoryArtifactStore();
    const short = scripted();
    const backend = {
      ...short.backend,
      generate: (
        request: Parameters<typeof short.backend.generate>[0],
        ...rest: [Parameters<typeof short.backend.generate>[1], AbortSignal]
      ) => short.backend.generate({ ...request, window: { ...request.window, end: request.window.end - 1 } }, ...rest),
    };
    const { code, lines } = await attempt({ store, backend });
    expect(code).toBe(ExitCode.BadWork);
    expect(lines.at(-1)?.cause).toContain('expected 8 frames, found 7');
  });

  it('refuses to stand beside frames that another worker rendered differently', async () => {
    const store = openMemoryArtifactStore();
    await attempt({ store });
    const blind = { ...store, find: async (key: string) => (calls++ === 1 ? undefined : store.find(key)) };
    let calls = 0;
    const { code, lines } = await attempt({
      store: blind,
      backend: scripted(
        () => {},
        (request, n) => frameOf(request, n + 1),
      ).backend,
    });
    expect(code).toBe(ExitCode.BadWork);
    expect(lines.at(-1)?.cause).toContain('as committed by another worker');
  });

  it('asks for another attempt when a neighbour fails', async () => {
    const store = openMemoryArtifactStore();
    const down = { ...store, upload: () => Promise.reject(new Error('S3 answered 503')) };
    expect((await attempt({ store: down })).code).toBe(ExitCode.Failed);
  });

  it('says which program failed when there is no ffmpeg', async () => {
    const { code, lines } = await attempt({ environment: { FRAMEWRIGHT_FFMPEG: '/nowhere/ffmpeg' } });
    expect(code).toBe(ExitCode.Failed);
    expect(lines.at(-1)?.cause).toContain('/nowhere/ffmpeg');
  });

  it('refuses a plan whose bytes changed, and one made for another component', async () => {
    const swapped = await attempt({ environment: { FRAMEWRIGHT_PLAN_SHA256: '0'.repeat(64) } });
    expect(swapped.code).toBe(ExitCode.BadWork);
    const store = openMemoryArtifactStore();
    const newer = { ...component, version: '2.0.0' };
    const ref = await store.put(keys.plan({ ...plan, tier: 'final' }), new TextEncoder().encode(JSON.stringify(plan)));
    const { code, lines } = await attempt({
      store,
      made: newer,
      environment: { FRAMEWRIGHT_PLAN_KEY: ref.key, FRAMEWRIGHT_PLAN_SHA256: ref.sha256 },
    });
    expect(code).toBe(ExitCode.BadWork);
    expect(lines.at(-1)?.cause).toContain('expected a plan for scripted@2.0.0, which runs here, found one for scripted@1.0.0');
  });

  it('goes on when nobody hears about its progress', async () => {
    const deaf = { publish: () => Promise.reject(new Error('bus is gone')) };
    const { code, lines } = await attempt({ publisher: deaf });
    expect(code).toBe(0);
    expect(lines.some(({ message }) => message === 'event lost')).toBe(true);
  });

  it('tells where it is: a first and a last word at least, the last one 100', async () => {
    const publisher = openMemoryEventPublisher();
    await attempt({ publisher });
    const percents = publisher.published.map((event) => (event.type === 'stage.progressed' ? event.percent : undefined));
    expect(percents[0]).toBe(0);
    expect(percents.at(-1)).toBe(100);
    expect(publisher.published[0]).toMatchObject({ visit: 'generate:preview', part: 0, parts: 2, component: { id: 'scripted' } });
  });

  it('writes one line a window', async () => {
    const { lines } = await attempt();
    expect(lines.filter(({ message }) => message === 'window rendered')).toHaveLength(4);
  });
});
