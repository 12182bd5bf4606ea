import type { GraphOptions } from '#adapters/inference/onnx-graph';
import { type Component, refText } from '#contracts/component';
import { contractViolated } from '#domain/errors';
import { within } from '../harness/deadline.ts';
import type { Log } from '../harness/log.ts';
import { capabilitiesOf, type MotionBackend, type WindowRequest } from '../harness/motion-backend.ts';
import { checkRequest } from '../harness/request-check.ts';
import { areaOf, type Canvas, CONTEXT_FRAMES, canvasFor, MODEL_FRAMES, STEPS } from './canvas.ts';
import { type Engine, openEngine } from './engine.ts';
import { opened, sealed } from './envelope.ts';
import type { FrameShelf } from './frame-shelf.ts';
import { frameBytes, type ModelFrames } from './model-frames.ts';
import { networkFiles } from './network-files.ts';
import type { WindowJob } from './render-window.ts';
import type { SampleState } from './sampler.ts';
import { newSampling, type Sampling } from './sampling.ts';
import { windowIdentity } from './window-identity.ts';

export interface OnnxBackendOptions {
  /** The component that makes the motion, as its manifest says. */
  readonly component: Component;
  /** Those that are loaded with it. */
  readonly hosted: readonly Component[];
  readonly shelf: FrameShelf;
  readonly graphs: GraphOptions;
  /** Nothing is said when left out. */
  readonly log?: Log;
}

/** Our own model: sixteen small frames of a shot drawn from words, colors and chance, cleaned, then enlarged to thirty-one. */
export function onnxBackend({ component, hosted, shelf, graphs, log = () => {} }: OnnxBackendOptions): MotionBackend {
  const networks = [component, ...hosted];
  const version = refText(component);
  const capabilities = capabilitiesOf(component);
  let engine: Engine | undefined;
  let closed: Promise<void> | undefined;
  let sampling: Sampling | undefined;

  return {
    capabilities,

    async load(bundle) {
      if (engine) return;
      engine = await openEngine(networkFiles(bundle), graphs);
      const { fellBack } = engine;
      if (fellBack !== undefined) log('WARN', 'expected CUDA, found none: the networks run on the CPU', { cause: fellBack });
    },

    async generate(request, sink, interruption) {
      if (!engine) throw new Error(`expected ${version} to be loaded, found a window to generate before it`);
      interruption.throwIfAborted();
      const { shot, window, plate } = request;
      const where = `${version} shot ${shot.index} window ${window.start}-${window.end}`;
      checkRequest(where, capabilities, request);
      const job = jobOf(where, version, request);
      const identity = windowIdentity(networks, job);
      const current = newSampling(identity, request.resume && stateIn(where, request.resume, identity, job));
      sampling = current;
      try {
        const kept = await shelf.find(shot.index, window, identity);
        if (kept) current.over();
        const last = await engine.render(
          { ...job, plate, grain: shot.seed, state: current.state(), kept },
          {
            onStep: async (done) => current.reach(done),
            onFrames: async (frames) => {
              current.over();
              await shelf.keep(shot.index, window, identity, frames);
            },
            onPicture: sink,
          },
          interruption,
        );
        return { context: sealed({ kind: 'context', identity: contextIdentity(version, job.canvas), body: last }) };
      } finally {
        current.over();
        sampling = undefined;
      }
    },

    /** The thread tells every step when it is done, so after the first there is an answer at once, however long the step after it takes. */
    async checkpoint(deadlineMs) {
      const current = sampling;
      if (!current) return undefined;
      await within(deadlineMs, current.moved);
      const state = current.state();
      return state && sealed({ kind: 'step', identity: current.identity, step: state.step, body: bytesOf(state.clip) });
    },

    async close() {
      const open = engine;
      engine = undefined;
      if (open) closed = open.close();
      await closed;
    },
  };
}

type Sampled = Omit<WindowJob, 'plate' | 'grain' | 'state' | 'kept'>;

function jobOf(where: string, version: string, { shot, window, plate, fps, context }: WindowRequest): Sampled {
  const canvas = canvasFor(plate);
  return {
    wish: { words: shot.words, colors: shot.colors },
    canvas,
    seed: shot.seed,
    from: window.start / fps,
    context: context && framesIn(where, context, contextIdentity(version, canvas), canvas),
  };
}

/** Frames can be continued by the version that made them, in the shape they were made in. */
const contextIdentity = (version: string, { width, height }: Canvas): string => `${version} ${width}x${height}`;

function framesIn(where: string, context: Uint8Array, identity: string, canvas: Canvas): ModelFrames {
  const body = opened(context, 'context', identity)?.body;
  if (body?.length !== CONTEXT_FRAMES * frameBytes(canvas))
    throw contractViolated(where, `expected a context of ${identity}, found ${context.length} bytes of something else`);
  return body;
}

/** The step that an attempt before reached in this very window. */
function stateIn(where: string, resume: Uint8Array, identity: string, { canvas }: Sampled): SampleState {
  const letter = opened(resume, 'step', identity);
  const count = 3 * MODEL_FRAMES * areaOf(canvas);
  const { body, step = STEPS + 1 } = letter ?? {};
  if (body?.length !== 4 * count || step > STEPS)
    throw contractViolated(where, `expected a step of this very window, found ${resume.length} bytes of something else`);
  return { step, clip: new Float32Array(body.buffer, body.byteOffset, count) };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
