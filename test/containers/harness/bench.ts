import { resolve } from 'node:path';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { Brief } from '#contracts/brief';
import { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import type { Rework } from '#contracts/rework';
import { canonicalJson } from '#domain/plan/canonical-json';
import { planDocument } from '#domain/plan/plan-document';
import type { ArtifactStore } from '#domain/ports';
import { capabilitiesOf, type MotionBackend, type WindowRequest } from '../../../containers/harness/motion-backend.ts';
import { renderWindows } from '../../../containers/harness/render-windows.ts';
import type { WorkerSurroundings } from '../../../containers/harness/surroundings.ts';
import { runWorker } from '../../../containers/harness/worker.ts';

export const FFMPEG = resolve(import.meta.dirname, '../../../.framewright/media/ffmpeg');
export const FFPROBE = resolve(import.meta.dirname, '../../../.framewright/media/ffprobe');

/** Makes small pictures quickly: windows of 8 frames that share 2. */
export const component = Component.parse({
  id: 'scripted',
  version: '1.0.0',
  role: 'motion',
  stage: 'generate',
  description: 'Does what a test says.',
  licence: 'Apache-2.0',
  input: { type: 'object' },
  output: { type: 'object' },
  motion: {
    frameQuantum: 1,
    windowFrames: { min: 1, max: 8 },
    overlapFrames: 2,
    sizeMultiple: 2,
    aspects: ['any'],
    conditioning: [],
    continues: 'none',
    determinism: 'bytes',
    shortSide: { preview: 16, final: 32 },
  },
  checkpointUnit: 'window',
  needs: { gpus: 0, vcpus: 1, memoryMiB: 512 },
  attemptTimeoutSeconds: 60,
  priceClass: 'cpu-spot',
});

const brief = Brief.parse({
  schema: 'framewright/brief/v1',
  tenant: 'acme',
  campaign: 'spring',
  product: { name: 'Coffee', photo: 'photo.png' },
  storyboard: [
    { seconds: 1, description: 'Morning light', camera: 'push-in' }, // 24 frames: windows 0-8, 6-14, 12-20, 16-24
    { seconds: 0.5, description: 'Steam rises' },
  ],
  brand: { palette: ['#2b1a12', '#d9a066', '#f6eee3'] },
});

export const planFor = (made: Component, rework?: Rework): PlanDocument =>
  planDocument({
    job: { jobId: 'acme_0123456789abcdef01234567', tenant: 'acme' },
    tier: 'preview',
    brief,
    photoPalette: [],
    component: made,
    rework,
  });
export const plan = planFor(component);

/** A frame that depends on the shot and its number alone, as every component promises. */
export const frameOf = ({ shot, plate }: WindowRequest, n: number): Uint8Array =>
  new Uint8Array(plate.width * plate.height * 1.5).fill(40 + ((shot.seed + n * 7) % 150));

export interface Rendering {
  readonly backend: MotionBackend;
  /** Windows that were rendered to the end, in order. */
  readonly rendered: string[];
}

/** `before` runs ahead of every frame: a test can hang, throw or abort there. */
export function scripted(
  before: (n: number, interruption: AbortSignal) => Promise<void> | void = () => {},
  picture: typeof frameOf = frameOf,
): Rendering {
  const rendered: string[] = [];
  return {
    rendered,
    backend: {
      capabilities: capabilitiesOf(component),
      load: async () => {},
      checkpoint: async () => undefined,
      async generate(request, sink, interruption) {
        for (let n = request.window.start; n < request.window.end; n++) {
          interruption.throwIfAborted();
          await before(n, interruption);
          await sink(picture(request, n));
        }
        rendered.push(`${request.window.start}-${request.window.end}`);
        return {};
      },
      close: async () => {},
    },
  };
}

export class Died extends Error {}

export interface Attempt {
  readonly store?: ArtifactStore;
  readonly backend?: MotionBackend;
  readonly crashAt?: string;
  readonly attempt?: number;
  readonly part?: number;
  readonly batchJobId?: string;
  readonly publisher?: WorkerSurroundings['publisher'];
  readonly made?: Component;
  readonly rework?: Rework;
  readonly environment?: Record<string, string>;
  readonly elapsed?: () => number;
}

/** Runs one attempt in this process. Death is an exception nobody catches: nothing after it runs, as when a machine goes. */
export async function attempt(options: Attempt = {}): Promise<{ code: number | 'died'; lines: { message: string; cause?: string }[] }> {
  const { store = openMemoryArtifactStore(), made = component } = options;
  const followed = planFor(made, options.rework);
  const document = await store.put(keys.plan(followed), canonicalJson(followed), 'application/json');
  const lines: { message: string; cause?: string }[] = [];
  let died = false;
  const code = runWorker({
    component: made,
    environment: {
      FRAMEWRIGHT_ARTIFACTS_BUCKET: 'artifacts',
      FRAMEWRIGHT_BUS: 'bus',
      FRAMEWRIGHT_FFMPEG: FFMPEG,
      FRAMEWRIGHT_PLAN_KEY: document.key,
      FRAMEWRIGHT_PLAN_SHA256: document.sha256,
      AWS_BATCH_JOB_ID: options.batchJobId ?? `job-${crypto.randomUUID()}`,
      AWS_BATCH_JOB_ATTEMPT: String(options.attempt ?? 1),
      ...(options.part === undefined ? {} : { AWS_BATCH_JOB_ARRAY_INDEX: String(options.part) }),
      ...(options.crashAt === undefined ? {} : { FRAMEWRIGHT_CRASH_AT: options.crashAt }),
      ...options.environment,
    },
    work: renderWindows(options.backend ?? scripted().backend),
    surroundings: () => ({
      store,
      publisher: options.publisher ?? openMemoryEventPublisher(),
      now: () => new Date(),
      elapsed: options.elapsed ?? (() => performance.now()),
      loadBundle: async () => ({ files: new Map() }),
      die: async () => {
        died = true;
        throw new Died('killed');
      },
      write: (line) => void lines.push(JSON.parse(line)),
    }),
  });
  const ended = await code;
  return { code: died ? 'died' : ended, lines };
}

/** What a store holds, as text that can be compared: keys and bytes. */
export const contentOf = ({ objects }: { objects: ReadonlyMap<string, Uint8Array> }): Record<string, string> =>
  Object.fromEntries([...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, body]) => [key, Buffer.from(body).toString('base64')]));
