import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Component } from '#contracts/component';
import { ErrorName } from '#contracts/errors';
import { capabilitiesOf, type LoadedBundle, type MotionBackend, type WindowRequest } from '../../../containers/harness/motion-backend.ts';
import { goldenRequests } from './golden-requests.ts';

export interface BackendUnderTest {
  readonly component: Component;
  /** A fresh one, not loaded yet. Whatever it writes belongs below `scratch`, which is also this process's TMPDIR. */
  readonly open: (scratch: string) => MotionBackend;
  /** No weights when left out. */
  readonly bundle?: LoadedBundle;
  /** SHA-256 over the frames of the first golden request. Another hash is another picture, and so another version of the component. */
  readonly golden?: string;
  /** How soon it leaves when it is told to stop; two seconds when left out. */
  readonly leavesWithinMs?: number;
  /** Folders that nobody else works in and that must be the same afterwards, beside the bundle's own: its sources, for one. */
  readonly untouched?: readonly string[];
}

const LEAVES_WITHIN_MS = 2_000;
/** A component that keeps steps answers between two of them. */
const CHECKPOINT_WITHIN_MS = 10_000;

interface Made {
  readonly frames: number;
  readonly sizes: ReadonlySet<number>;
  readonly sha256: string;
  readonly context: Uint8Array | undefined;
}

/** What every component promises to the harness, whatever draws inside. Run it for each of them: one call, one `describe`. */
export function motionBackendSuite(under: BackendUnderTest): void {
  const { component, leavesWithinMs = LEAVES_WITHIN_MS, bundle = { files: new Map() } } = under;
  const can = capabilitiesOf(component);
  const { first, second } = goldenRequests(component);
  const go = new AbortController().signal;

  let scratch: string;
  let oldTmp: string | undefined;
  let backend: MotionBackend;
  const opened: MotionBackend[] = [];
  const open = async (): Promise<MotionBackend> => {
    const made = under.open(scratch);
    opened.push(made);
    await made.load(bundle);
    return made;
  };

  /** Generates into a hash; checks on the way that a frame is only given when the one before was taken. */
  const make = async (maker: MotionBackend, request: WindowRequest, signal = go, each: () => void = () => {}): Promise<Made> => {
    const hash = createHash('sha256');
    const sizes = new Set<number>();
    let frames = 0;
    let isTaking = false;
    const { context } = await maker.generate(
      request,
      async (frame) => {
        expect(isTaking, 'a frame was given before the one before it was taken').toBe(false);
        isTaking = true;
        hash.update(frame);
        sizes.add(frame.byteLength);
        frames += 1;
        each();
        await new Promise((later) => setImmediate(later));
        isTaking = false;
      },
      signal,
    );
    return { frames, sizes, sha256: hash.digest('hex'), context };
  };

  beforeEach(async () => {
    oldTmp = process.env.TMPDIR;
    scratch = await mkdtemp(join(tmpdir(), 'backend-'));
    process.env.TMPDIR = scratch;
    backend = await open();
  });
  afterEach(async () => {
    for (const made of opened.splice(0)) await made.close();
    process.env.TMPDIR = oldTmp;
    if (oldTmp === undefined) delete process.env.TMPDIR;
    await rm(scratch, { recursive: true, force: true });
  });

  describe(`${component.id} as a motion backend`, () => {
    it('says of itself what its component.json says', () => {
      expect(backend.capabilities).toEqual(can);
    });

    it('gives exactly the frames of the window, each of the size of the plate', async () => {
      const { plate, window } = first;
      expect(await make(backend, first)).toMatchObject({
        frames: window.end - window.start,
        sizes: new Set([plate.width * plate.height * 1.5]),
      });
    });

    it('gives the same frames and the same context for the same request, also from another one of its kind', async () => {
      const one = await make(backend, first);
      expect(await make(backend, first)).toEqual(one);
      expect(await make(await open(), first)).toEqual(one);
    });

    if (under.golden !== undefined)
      it('draws the golden picture of this version', async () => {
        expect((await make(backend, first)).sha256).toBe(under.golden);
      });

    it('leaves a context when it continues windows, takes it for the next one, and makes another picture of another one', async () => {
      const { context } = await make(backend, first);
      if (can.continues === 'none') {
        expect(context).toBeUndefined();
        expect((await make(backend, second)).frames).toBe(second.window.end - second.window.start);
        return;
      }
      const next = await make(backend, { ...second, context: context! });
      expect(next.frames).toBe(second.window.end - second.window.start);
      expect(next.context?.byteLength).toBeGreaterThan(0);
      // Whoever comes second in another process continues from the same bytes, copied through a store.
      expect(await make(await open(), { ...second, context: Uint8Array.from(context!) })).toEqual(next);
      const changed = (seed: number): number => (seed + 1) >>> 0; // of the shot or of the window: a component draws from one of them
      const [shot, window] = [first.shot, first.window].map((one) => ({ ...one, seed: changed(one.seed) }));
      const other = await make(backend, { ...first, shot: { ...first.shot, ...shot }, window: { ...first.window, ...window } });
      expect((await make(backend, { ...second, context: other.context! })).sha256).not.toBe(next.sha256);
    });

    it('leaves with an AbortError soon after it is told to stop, and is usable afterwards', async () => {
      const stop = new AbortController();
      let toldAt = Number.NaN;
      const stopNow = (): void => {
        if (stop.signal.aborted) return;
        toldAt = performance.now();
        stop.abort();
      };
      const timer = setTimeout(stopNow, 100); // in the middle of steps, for those that give no frame so soon
      await expect(make(backend, first, stop.signal, stopNow)).rejects.toMatchObject({ name: 'AbortError' });
      clearTimeout(timer);
      expect(performance.now() - toldAt).toBeLessThan(leavesWithinMs);
      expect((await make(backend, first)).frames).toBe(first.window.end - first.window.start);
    });

    it('does not begin when it is told to stop before', async () => {
      let frames = 0;
      await expect(
        make(backend, first, AbortSignal.abort(), () => {
          frames += 1;
        }),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(frames).toBe(0);
    });

    it('resumes from its own checkpoint to the very frames of an undisturbed window, or says that it has none', async () => {
      expect(await backend.checkpoint(CHECKPOINT_WITHIN_MS), 'nothing is being generated').toBeUndefined();
      const stop = new AbortController();
      const disturbed = make(backend, first, stop.signal).catch((error: unknown) => error);
      const state = await backend.checkpoint(CHECKPOINT_WITHIN_MS);
      stop.abort();
      await disturbed;
      if (can.checkpointUnit !== 'step') {
        expect(state).toBeUndefined();
        return;
      }
      expect(state?.byteLength).toBeGreaterThan(0);
      const undisturbed = await make(backend, first);
      expect(await make(await open(), { ...first, resume: Uint8Array.from(state!) })).toEqual(undisturbed);
    });

    const { start } = first.window;
    const garbage = new TextEncoder().encode('not what this component wrote');
    it.each<[string, WindowRequest]>([
      ['longer than it can make', { ...first, window: { ...first.window, end: start + can.windowFrames.max + can.frameQuantum } }],
      ['without frames', { ...first, window: { ...first.window, end: start } }],
      ['of a size it cannot make', { ...first, plate: { ...first.plate, width: first.plate.width + 1 } }],
      ['that continues from bytes it did not write', { ...second, context: garbage }],
      ['that resumes from bytes it did not write', { ...first, resume: garbage }],
    ])('refuses a window %s, and is usable afterwards', async (_, request) => {
      await expect(make(backend, request)).rejects.toMatchObject({ name: ErrorName.ContractViolated });
      expect((await make(backend, first)).frames).toBe(first.window.end - first.window.start);
    });

    it('closes as often as it is asked to, also while it generates', async () => {
      const disturbed = make(backend, first, AbortSignal.timeout(leavesWithinMs)).catch(() => {});
      await backend.close();
      await backend.close();
      await disturbed;
    });

    it('writes nothing but below its scratch, and leaves nothing there', async () => {
      const folders = new Set([...bundle.files.values()].map(dirname));
      const watched = [...folders, ...(under.untouched ?? [])];
      const before = await Promise.all(watched.map(listing));
      await make(backend, first);
      await backend.close();
      expect(await Promise.all(watched.map(listing))).toEqual(before);
      await mkdir(scratch, { recursive: true });
      expect(await readdir(scratch)).toEqual([]);
    });
  });
}

/** Names, sizes and times of what lies in a folder. */
async function listing(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs, isDirectory } = await stat(join(folder, name)).then((found) => ({
        ...{ size: found.size, mtimeMs: found.mtimeMs },
        isDirectory: found.isDirectory(),
      }));
      return isDirectory ? name : `${name} ${size} ${mtimeMs}`; // others may work below the folder meanwhile
    }),
  );
}
