import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Shot, Window } from '#contracts/plan';
import type { Log } from '../harness/log.ts';
import type { LoadedBundle, MotionBackend, MotionCapabilities, WindowRequest } from '../harness/motion-backend.ts';
import { sendFrames } from './frame-file.ts';
import { modelFolder } from './model-folder.ts';
import { NEGATIVE_PROMPT } from './negative-prompt.ts';
import { encoderOf, type PromptEmbeddings } from './prompt-embeddings.ts';
import { type Patience, type PythonProgram, type PythonWorker, startPythonWorker } from './python-worker.ts';
import { asHarnessError, WorkerLost } from './worker-errors.ts';
import type { GenerateRequest, Progress, Together } from './worker-protocol.ts';

export interface DiffusersOptions {
  /** Names the recipe in worker/recipes.py. */
  readonly componentId: string;
  readonly capabilities: MotionCapabilities;
  readonly program: PythonProgram;
  /** A folder of this backend's own, gone after close(), large enough for the raw frames of one window, or of a shot whose windows are denoised together. */
  readonly scratch: string;
  /** Prompt embeddings, on this machine and beyond it. */
  readonly embeddings: PromptEmbeddings;
  /** An RGB picture of the product for models that take one. */
  readonly reference?: string;
  readonly patience?: Partial<Patience & { loadMs: number }>;
  readonly log: Log;
  readonly heard?: (progress: Progress) => void;
}

/** A model of 5 B parameters from a cold disk at 200 MB/s takes a minute; three of them is a disk that will not do. */
const PATIENCE = { readyMs: 120_000, silenceMs: 60_000, stallMs: 600_000, loadMs: 900_000 };
/** A window that loses two processes loses the third, too: then another machine may try. */
const RESTARTS = 2;
/** A step takes seconds; a stop does not wait for one that takes longer. */
const CANCEL_MS = 2_000;
const STOP_MS = 2_000;
const POLL_MS = 50;

/** Open video models in a Python process of their own, one window at a time. */
export function diffusersBackend(options: DiffusersOptions): MotionBackend {
  const { capabilities, componentId, scratch, log } = options;
  const patience = { ...PATIENCE, ...options.patience };
  let model: { readonly folder: string; readonly encoder: string } | undefined;
  let closed = false;
  let worker: PythonWorker | undefined;
  let generating = false;
  const stateFile = join(scratch, 'state');

  /** The process with the model in it, started again when the last one is gone. */
  const ready = async (): Promise<PythonWorker> => {
    if (worker) return worker;
    if (closed || !model)
      throw new Error(`${componentId}: expected load() before generate(), found ${closed ? 'it closed' : 'no weights'}`);
    const started = await startPythonWorker(options.program, patience);
    worker = started;
    log('INFO', 'model process started', { pid: started.pid });
    void started.gone.then(() => {
      if (worker === started) worker = undefined;
    });
    const request = { do: 'load', ...model, recipe: componentId, embeddings: options.embeddings.folder } as const;
    try {
      log('INFO', 'model loaded', await started.ask(request, undefined, patience.loadMs));
      return started;
    } catch (error) {
      worker = undefined;
      started.kill('it could not load the model');
      throw error;
    }
  };

  const requestFor = async ({ window, plate, fps, shot, context, resume }: WindowRequest): Promise<GenerateRequest> => {
    await rm(stateFile, { force: true });
    const contextFile = join(scratch, 'context-in');
    if (context) await writeFile(contextFile, context);
    if (resume) await writeFile(stateFile, resume);
    return {
      do: 'generate',
      ...plate,
      frames: window.end - window.start,
      frames_per_second: fps,
      seed: window.seed,
      prompt: shot.prompt.text,
      negative: NEGATIVE_PROMPT,
      out: join(scratch, 'frames'),
      context_out: join(scratch, 'context-out'),
      state_out: stateFile,
      conditions: {
        ...(context && { context: contextFile }),
        ...(options.reference !== undefined && { reference: options.reference }),
      },
      ...(shot.together && { together: { ...togetherOf(shot, window), out: join(scratch, 'shot') } }),
    };
  };

  /** Asks until it is done; a process that is lost is replaced, and goes on from the last state that it wrote. */
  const made = async (request: GenerateRequest, interruption: AbortSignal): Promise<void> => {
    for (let lost = 0; ; lost++) {
      try {
        const process = await ready();
        interruption.throwIfAborted();
        const state = existsSync(stateFile) ? { resume: stateFile } : {};
        const facts = await abortable(process, process.ask({ ...request, ...state }, options.heard), interruption);
        log('INFO', 'window made', facts);
        return;
      } catch (error) {
        interruption.throwIfAborted();
        if (closed || !(error instanceof WorkerLost) || lost >= RESTARTS) throw error;
        log('WARN', 'the model process is started again', { cause: error.message });
      }
    }
  };

  /** Whether the process has written a state; false when it has none yet or does not answer in time. */
  const savedWithin = async (milliseconds: number): Promise<boolean> => {
    const late = new AbortController();
    const answer = worker?.ask({ do: 'checkpoint' }).catch(() => undefined);
    const found = await Promise.race([answer, wait(milliseconds, undefined, { signal: late.signal })]).finally(() => late.abort());
    return typeof found?.step === 'number';
  };

  return {
    capabilities,
    async load(bundle: LoadedBundle) {
      closed = false;
      await mkdir(scratch, { recursive: true });
      await mkdir(options.embeddings.folder, { recursive: true });
      model = { folder: await modelFolder(bundle, join(scratch, 'model')), encoder: encoderOf(bundle) };
      await ready().catch((error: unknown) => {
        throw asHarnessError(componentId, error);
      });
    },
    async generate(request, sink, interruption) {
      const where = `${componentId} shot ${request.shot.index} window ${request.window.start}-${request.window.end}`;
      generating = true;
      try {
        interruption.throwIfAborted();
        const asked = await requestFor(request);
        const prompts = [asked.prompt, asked.negative];
        await options.embeddings.bring(model?.encoder ?? '', prompts);
        await made(asked, interruption);
        await options.embeddings.keep(model?.encoder ?? '', prompts);
        await sendFrames(asked.out, asked, sink, interruption);
        return capabilities.continues === 'context' ? { context: await readFile(asked.context_out) } : {};
      } catch (error) {
        throw asHarnessError(where, error);
      } finally {
        generating = false;
        for (const name of ['frames', 'context-in', 'context-out', 'state']) await rm(join(scratch, name), { force: true });
      }
    },
    async checkpoint(deadlineMs) {
      const late = performance.now() + deadlineMs;
      while (generating && performance.now() < late) {
        const saved = await savedWithin(late - performance.now());
        if (saved) return readFile(stateFile);
        await wait(Math.min(POLL_MS, Math.max(0, late - performance.now()))); // it reads weights, or is being started again
      }
      return undefined;
    },
    async close() {
      closed = true;
      const last = worker;
      worker = undefined;
      await last?.stop(STOP_MS);
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** Where a window stands in the shot that is denoised as one. */
function togetherOf({ windows, seed }: Shot, { start, end }: Window): Omit<Together, 'out'> {
  const following = windows[windows.findIndex((window) => window.start === start && window.end === end) + 1]?.start;
  return { frames: windows.at(-1)?.end ?? end, seed, start, ...(following !== undefined && { following }) };
}

/** Gives up with the signal: the process is told and, when it is deep in a step, ended. */
async function abortable<T>(worker: PythonWorker, work: Promise<T>, interruption: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    const deaf = setTimeout(() => worker.kill('it did not let go of a window when told to'), CANCEL_MS);
    worker.ask({ do: 'cancel' }, undefined, CANCEL_MS).catch(() => {});
    void work
      .catch(() => {})
      .finally(() => {
        clearTimeout(deaf);
        reject(interruption.reason);
      });
  };
  interruption.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    interruption.removeEventListener('abort', abort);
  }
}
