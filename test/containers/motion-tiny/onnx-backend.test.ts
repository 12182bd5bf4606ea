import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { Component } from '#contracts/component';
import type { PlanDocument, Shot } from '#contracts/plan';
import denoise from '../../../containers/denoise-tiny/component.json' with { type: 'json' };
import type { LoadedBundle, MotionBackend, WindowRequest } from '../../../containers/harness/motion-backend.ts';
import manifest from '../../../containers/motion-tiny/component.json' with { type: 'json' };
import { sealed } from '../../../containers/motion-tiny/envelope.ts';
import { type FrameShelf, frameShelf, noShelf } from '../../../containers/motion-tiny/frame-shelf.ts';
import { onnxBackend } from '../../../containers/motion-tiny/onnx-backend.ts';
import upscale from '../../../containers/upscale-tiny/component.json' with { type: 'json' };
import { toyBundle } from './toy-networks.ts';

const component = Component.parse(manifest);
const hosted = [denoise, upscale].map((one) => Component.parse(one));
const final = { width: 640, height: 360 };
const preview = { width: 320, height: 180 };

const shot: Shot = {
  index: 2,
  start: 0,
  frames: 48,
  prompt: { text: 'silk', tokens: ['silk'] },
  words: 'slow silk in brown and copper with cream accents, moving left',
  motif: 'waves',
  colors: ['#6a4529', '#ba7440', '#f6efe4'],
  camera: 'static',
  seed: 20_261_126,
  windows: [
    { start: 0, end: 31, seed: 11 },
    { start: 24, end: 55, seed: 12 },
  ],
};
const [first, second] = shot.windows;
const requestFor = (window = first!, more: Partial<WindowRequest> = {}): WindowRequest => ({
  shot,
  window,
  plate: preview,
  fps: 24,
  ...more,
});

let folder: string;
let bundle: LoadedBundle;
const open = new Set<MotionBackend>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toy-'));
  bundle = await toyBundle(join(folder, 'sound'));
});
afterAll(async () => {
  await Promise.all([...open].map((backend) => backend.close()));
  await rm(folder, { recursive: true });
});

let shared: Promise<MotionBackend> | undefined;
/** One backend for all tests that need no other: each has a thread of its own. */
const loaded = (): Promise<MotionBackend> => {
  shared ??= another();
  return shared;
};

/** A backend with its toys loaded; `threads` of one operation. */
async function another(shelf: FrameShelf = noShelf, from = bundle, threads = 1): Promise<MotionBackend> {
  const backend = onnxBackend({ component, hosted, shelf, graphs: { threads, device: 'cpu' } });
  open.add(backend);
  await backend.load(from);
  return backend;
}

interface Rendered {
  /** SHA-256 of each frame. */
  readonly frames: string[];
  readonly bytes: number[];
  readonly context: Uint8Array | undefined;
}

async function render(backend: MotionBackend, request: WindowRequest, signal = new AbortController().signal): Promise<Rendered> {
  const frames: string[] = [];
  const bytes: number[] = [];
  const sink = async (frame: Uint8Array): Promise<void> => {
    frames.push(createHash('sha256').update(frame).digest('hex'));
    bytes.push(frame.length);
  };
  const { context } = await backend.generate(request, sink, signal);
  return { frames, bytes, context };
}

describe('a window of the onnx backend', () => {
  it('has 31 frames of the plate, not one like another', async () => {
    const { frames, bytes } = await render(await loaded(), requestFor(first, { plate: final }));
    expect(bytes).toEqual(Array(31).fill(final.width * final.height * 1.5));
    expect(new Set(frames).size).toBe(31);
  });

  it('is the same bytes in another process, thread or number of threads', async () => {
    const [one, other, wide] = await Promise.all(
      [loaded(), another(), another(noShelf, bundle, 2)].map(async (backend) => render(await backend, requestFor())),
    );
    expect(one).toEqual(other);
    expect(one).toEqual(wide);
  });

  it.each([
    ['the seed of its shot', { shot: { ...shot, seed: 99 } }],
    ['the words', { shot: { ...shot, words: 'fast snow in black and white with gold accents, moving down' } }],
    ['the colors', { shot: { ...shot, colors: ['#102030', '#2d5fd7', '#f5f6fa'] satisfies Shot['colors'] } }],
  ])('is another picture when %s change', async (_, change) => {
    const backend = await loaded();
    const [before, after] = [await render(backend, requestFor()), await render(backend, requestFor(first, change))];
    expect(after.frames[15]).not.toBe(before.frames[15]);
  });

  it.each([
    ['a portrait', { width: 360, height: 640 }],
    ['a square', { width: 360, height: 360 }],
    ['a wide one of no shape it was trained on', { width: 840, height: 360 }],
  ])('fits the plate of %s', async (_, plate) => {
    const { bytes } = await render(await loaded(), requestFor(first, { plate }));
    expect(bytes).toEqual(Array(31).fill(plate.width * plate.height * 1.5));
  });

  it('refuses a length it cannot make', async () => {
    await expect(render(await loaded(), requestFor({ start: 0, end: 30, seed: 1 }))).rejects.toMatchObject({
      name: 'Contract.Violated',
      message: expect.stringContaining('expected a window of 31 to 31 frames, found 30'),
    });
  });
});

describe('the next window', () => {
  it('begins with the very frames that the one before ended with, all but the last', async () => {
    const backend = await loaded();
    const one = await render(backend, requestFor());
    const next = await render(backend, requestFor(second, { context: one.context! }));
    expect(next.frames.slice(0, 6)).toEqual(one.frames.slice(24, 30));
  });

  it('is another picture after another window', async () => {
    const backend = await loaded();
    const one = await render(backend, requestFor());
    const other = await render(backend, requestFor(first, { shot: { ...shot, seed: 5 } }));
    const a = await render(backend, requestFor(second, { context: one.context! }));
    const b = await render(backend, requestFor(second, { context: other.context! }));
    expect(a.frames[8]).not.toBe(b.frames[8]);
  });

  it('refuses a context that is not one of its own, or of another shape', async () => {
    const backend = await loaded();
    const refused = { name: 'Contract.Violated', message: expect.stringContaining('expected a context of motion-tiny@') };
    await expect(render(backend, requestFor(second, { context: new Uint8Array(400) }))).rejects.toMatchObject(refused);
    const { context } = await render(backend, requestFor(first, { plate: { width: 180, height: 320 } }));
    await expect(render(backend, requestFor(second, { context: context! }))).rejects.toMatchObject(refused);
  });
});

describe('a window that is stopped', () => {
  /** Stops after `steps` steps of the sampling and answers with the state at that moment. */
  async function stoppedAfter(steps: number, backend: MotionBackend): Promise<Uint8Array | undefined> {
    const stop = new AbortController();
    const rendering = render(backend, requestFor(), stop.signal);
    const ended = expect(rendering).rejects.toMatchObject({ name: 'AbortError' });
    let state: Uint8Array | undefined;
    for (;;) {
      state = await backend.checkpoint(1_000);
      if (steps === 0 || (state && stepOf(state) >= steps)) break;
      await new Promise((later) => setTimeout(later, 1));
    }
    stop.abort();
    await ended;
    return state;
  }
  const headerOf = (state: Uint8Array): { step: number; identity: string } =>
    JSON.parse(Buffer.from(state.subarray(4, 4 + state[0]! + 256 * state[1]!)).toString());
  const stepOf = (state: Uint8Array): number => headerOf(state).step;

  it('leaves with an AbortError, and the backend can be asked again', async () => {
    const backend = await loaded();
    const undisturbed = await render(backend, requestFor());
    await stoppedAfter(1, backend);
    expect(await render(backend, requestFor())).toEqual(undisturbed);
  });

  it('goes on from the step it reached, in another backend, to the same bytes', async () => {
    const undisturbed = await render(await loaded(), requestFor());
    const state = await stoppedAfter(3, await loaded());
    expect(stepOf(state!)).toBeGreaterThanOrEqual(3);
    expect(await render(await another(), requestFor(first, { resume: state! }))).toEqual(undisturbed);
  });

  it('really goes on from that step: another clip there is another picture', async () => {
    const backend = await loaded();
    const state = (await stoppedAfter(3, backend))!;
    const { identity, step } = headerOf(state);
    const body = new Uint8Array(Float32Array.from({ length: 3 * 16 * 128 * 72 }, (_, at) => Math.sin(at)).buffer);
    const resume = sealed({ kind: 'step', identity, step, body });
    const [resumed, undisturbed] = [await render(backend, requestFor(first, { resume })), await render(backend, requestFor())];
    expect(resumed.frames[4]).not.toBe(undisturbed.frames[4]);
  });

  it('refuses a state that is damaged or of another window', async () => {
    const backend = await loaded();
    const state = (await stoppedAfter(3, backend))!;
    const damaged = state.slice();
    damaged[damaged.length - 1]! ^= 0x40;
    const refused = { name: 'Contract.Violated', message: expect.stringContaining('expected a step of this very window') };
    await expect(render(backend, requestFor(first, { resume: damaged }))).rejects.toMatchObject(refused);
    await expect(render(backend, requestFor(first, { shot: { ...shot, seed: 12 }, resume: state }))).rejects.toMatchObject(refused);
  });

  it('has no state when nothing is rendered, and waits for the first step no longer than it is given', async () => {
    const backend = await loaded();
    expect(await backend.checkpoint(10)).toBeUndefined();
    const rendering = render(backend, requestFor());
    expect(await backend.checkpoint(0)).toBeUndefined();
    expect(stepOf((await backend.checkpoint(60_000))!)).toBeGreaterThan(0);
    await rendering;
    expect(await backend.checkpoint(10)).toBeUndefined();
  });

  it('does not begin when it was stopped before', async () => {
    await expect(render(await loaded(), requestFor(), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the frames that both tiers share', () => {
  const plan = { tenant: 'acme', jobId: 'acme_0123456789abcdef01234567' } as PlanDocument;

  it('are kept once, found by the other tier, and change not a byte of it', async () => {
    const store = openMemoryArtifactStore();
    const shelf = frameShelf(store, plan);
    const small = await render(await another(shelf), requestFor());
    expect([...store.objects.keys()]).toEqual([
      expect.stringMatching(/^tenants\/acme\/jobs\/acme_\w+\/frames\/shots\/002\/000000-000031-\w{16}\.frames$/),
    ]);

    let steps = 0;
    const backend = await another(shelf);
    const counting = setInterval(async () => {
      if (await backend.checkpoint(0)) steps += 1;
    }, 1);
    const large = await render(backend, requestFor(first, { plate: final }));
    clearInterval(counting);
    expect(steps).toBe(0); // nothing was sampled
    expect(large).toEqual(await render(await loaded(), requestFor(first, { plate: final })));
    expect(large.context).toEqual(small.context);
    expect(store.objects.size).toBe(1);
  });

  it('are made again when they are damaged or of something else', async () => {
    const store = openMemoryArtifactStore();
    const shelf = frameShelf(store, plan);
    const undisturbed = await render(await another(shelf), requestFor());
    const [key, body] = [...store.objects][0]!;
    body[body.length - 1]! ^= 1;
    store.objects.set(key, body);
    expect(await render(await another(shelf), requestFor())).toEqual(undisturbed);
    await render(await another(shelf), requestFor(first, { shot: { ...shot, words: 'fast snow' } }));
    expect(store.objects.size).toBe(2);
  });

  it('opens the networks that draw with the first window that nobody drew before', async () => {
    const store = openMemoryArtifactStore();
    const shelf = frameShelf(store, plan);
    const drawn = await render(await another(shelf), requestFor());
    const broken = { files: new Map(bundle.files).set('motion-tiny.onnx', bundle.files.get('motion-tiny.0.bin')!) };
    const backend = await another(shelf, broken);
    expect(await render(backend, requestFor())).toEqual(drawn);
    await expect(render(backend, requestFor(second, { context: drawn.context! }))).rejects.toThrow(/protobuf|model/i);
  });
});

describe('an engine that fails', () => {
  it('says which network speaks nonsense, and that another attempt would not help', async () => {
    const backend = await another(noShelf, await toyBundle(join(folder, 'nan'), 'nan'));
    await expect(render(backend, requestFor())).rejects.toMatchObject({
      name: 'Contract.Violated',
      message: 'motion-tiny: expected numbers in frame 0, found NaN',
    });
  });

  it('says that a network answers with another size', async () => {
    const backend = await another(noShelf, await toyBundle(join(folder, 'short'), 'short'));
    await expect(render(backend, requestFor())).rejects.toThrow('numbers from motion-tiny, found');
  });

  it('names the file that a bundle lacks', async () => {
    const backend = onnxBackend({ component, hosted, shelf: noShelf, graphs: { threads: 1, device: 'cpu' } });
    await expect(backend.load({ files: new Map() })).rejects.toThrow('expected motion-tiny.onnx, found no files');
  });

  it('carries the error of a file that is no graph out of its thread, and can be loaded again', async () => {
    const backend = onnxBackend({ component, hosted, shelf: noShelf, graphs: { threads: 1, device: 'cpu' } });
    open.add(backend);
    const broken = { files: new Map(bundle.files).set('upscale-tiny.onnx', bundle.files.get('motion-tiny.0.bin')!) };
    await expect(backend.load(broken)).rejects.toThrow(/protobuf|model/i);
    await backend.load(bundle);
    expect((await render(backend, requestFor())).frames).toHaveLength(31);
  });

  it('passes on what the sink throws, and is free for the next window', async () => {
    const backend = await loaded();
    const full = async () => {
      throw new Error('the disk is full');
    };
    await expect(backend.generate(requestFor(), full, new AbortController().signal)).rejects.toThrow('the disk is full');
    expect((await render(backend, requestFor())).frames).toHaveLength(31);
  });

  it('refuses a window before it is loaded, and can be closed twice', async () => {
    const backend = onnxBackend({ component, hosted, shelf: noShelf, graphs: { threads: 1, device: 'cpu' } });
    await expect(render(backend, requestFor())).rejects.toThrow('expected motion-tiny@0.3.0 to be loaded');
    await backend.load(bundle);
    await backend.close();
    await backend.close();
  });
});

it('hears timers while it renders: SIGTERM and progress are not kept waiting', async () => {
  const backend = await loaded();
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await render(backend, requestFor());
  clearInterval(watch);
  expect(longest).toBeLessThan(1_000); // the toys compute for less; the promise is that nothing waits for a whole window
});

// This machine has no GPU; where one is, the networks really run on it and nothing is said.
it('asks for CUDA when its deployment does, and says in the log that it draws on the CPU where there is none', async () => {
  const said: string[] = [];
  const backend = onnxBackend({
    ...{ component, hosted, shelf: noShelf, graphs: { threads: 1, device: 'cuda' } },
    log: (level, message, fields) => said.push(`${level} ${message}: ${String(fields?.cause)}`),
  });
  open.add(backend);
  await backend.load(bundle);
  let frames = 0;
  await backend.generate(requestFor(), async () => void frames++, new AbortController().signal);
  expect(frames).toBe(31);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^WARN expected CUDA, found none: the networks run on the CPU: .*cuda/i);
});
