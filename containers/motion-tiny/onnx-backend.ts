import type { GraphOptions } from '#adapters/inference/onnx-graph';
import type { Component } from '#contracts/component';
import { contractViolated } from '#domain/errors';
import { capabilitiesOf, type MotionBackend, type WindowRequest } from '../harness/motion-backend.ts';
import { areaOf, CONTEXT_FRAMES, canvasFor, MODEL_FRAMES, SHOWN_FRAMES } from './canvas.ts';
import { type Engine, openEngine } from './engine.ts';
import { opened, sealed } from './envelope.ts';
import type { FrameShelf } from './frame-shelf.ts';
import { frameBytes, type ModelFrames } from './model-frames.ts';
import { networkFiles } from './network-files.ts';
import type { WindowJob } from './render-window.ts';
import type { SampleState } from './sampler.ts';
import { STEPS } from './schedule.ts';
import { windowIdentity } from './window-identity.ts';

export interface OnnxBackendOptions {
  /** The component that makes the motion, as its manifest says. */
  readonly component: Component;
  /** Those that are loaded with it. */
  readonly hosted: readonly Component[];
  readonly shelf: FrameShelf;
  readonly graphs: GraphOptions;
}

/** Our own model: a rectified flow from noise to sixteen small frames, cleaned, then enlarged to thirty-one. */
export function onnxBackend({ component, hosted, shelf, graphs }: OnnxBackendOptions): MotionBackend {
  const networks = [component, ...hosted];
  const version = `${component.id}@${component.version}`;
  let engine: Engine | undefined;
  /** The last finished step of the window that is being sampled. */
  let reached: { readonly identity: string; readonly state: SampleState } | undefined;

  return {
    capabilities: capabilitiesOf(component),

    async load(bundle) {
      engine ??= await openEngine(networkFiles(bundle), graphs);
    },

    async generate(request, sink, interruption) {
      if (!engine) throw new Error(`expected ${version} to be loaded, found a window to generate before it`);
      const { shot, window } = request;
      interruption.throwIfAborted();
      const job = jobOf(request, version);
      const identity = windowIdentity(networks, job);
      const kept = await shelf.find(shot.index, window, identity);
      const state = request.resume && stateIn(request.resume, identity, job);
      reached = state && { identity, state };
      try {
        const last = await engine.render(
          { ...job, plate: request.plate, grain: shot.seed, state, kept },
          {
            onStep: async (done) => {
              reached = { identity, state: done };
            },
            onFrames: (frames) => shelf.keep(shot.index, window, identity, frames),
            onPicture: sink,
          },
          interruption,
        );
        return { context: sealed({ kind: 'context', identity: contextIdentity(version, job), body: last }) };
      } finally {
        reached = undefined;
      }
    },

    // The thread tells every step when it is done, so there is an answer at once, however long the step after it takes.
    async checkpoint() {
      if (!reached) return undefined;
      const { identity, state } = reached;
      const { buffer, byteOffset, byteLength } = state.clip;
      return sealed({ kind: 'step', identity, step: state.step, body: new Uint8Array(buffer, byteOffset, byteLength) });
    },

    async close() {
      await engine?.close();
      engine = undefined;
    },
  };
}

type Sampled = Omit<WindowJob, 'plate' | 'grain' | 'state' | 'kept'>;

function jobOf({ shot, window, plate, context }: WindowRequest, version: string): Sampled {
  if (window.end - window.start !== SHOWN_FRAMES)
    throw contractViolated(
      `shot ${shot.index} window ${window.start}-${window.end}`,
      `expected ${SHOWN_FRAMES} frames, as ${version} makes, found ${window.end - window.start}`,
    );
  const job = { wish: { words: shot.words, colors: shot.colors }, canvas: canvasFor(plate), seed: window.seed };
  return { ...job, context: context && framesIn(context, contextIdentity(version, job), window) };
}

/** Frames can be continued by the version that made them, in the shape they were made in. */
const contextIdentity = (version: string, { canvas }: Pick<Sampled, 'canvas'>): string => `${version} ${canvas.width}x${canvas.height}`;

function framesIn(context: Uint8Array, identity: string, { start, end }: WindowRequest['window']): ModelFrames {
  const letter = opened(context, 'context', identity);
  const length = letter?.body.length ?? 0;
  const [, width, height] = /(\d+)x(\d+)$/.exec(identity) ?? [];
  if (!letter || length !== CONTEXT_FRAMES * frameBytes({ width: Number(width), height: Number(height) }))
    throw contractViolated(`window ${start}-${end}`, `expected a context of ${identity}, found ${context.length} bytes of something else`);
  return letter.body;
}

/** The step that an attempt before reached in this very window; otherwise the window is sampled from its beginning, to the same bytes. */
function stateIn(resume: Uint8Array, identity: string, { canvas }: Sampled): SampleState | undefined {
  const letter = opened(resume, 'step', identity);
  const step = letter?.step;
  if (!letter || step === undefined || step > STEPS) return undefined;
  if (letter.body.byteLength !== 4 * 3 * MODEL_FRAMES * areaOf(canvas)) return undefined;
  return { step, clip: new Float32Array(letter.body.buffer, letter.body.byteOffset, letter.body.byteLength / 4) };
}
