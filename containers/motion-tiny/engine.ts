import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { GraphOptions } from '#adapters/inference/onnx-graph';
import { refuseTelemetry } from '#adapters/inference/onnx-runtime';
import type { ModelFrames } from './model-frames.ts';
import type { NetworkFiles } from './networks.ts';
import type { Listener, WindowJob } from './render-window.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

/**
 * The engine as its user sees it: the networks in a thread of their own. One window at a time. The thread always ends by itself, between
 * two computations: ended from outside within one, by `terminate` or `process.exit`, ONNX Runtime's binding aborts the whole process.
 */
export interface Engine {
  /** Answers with the frames that the next window starts from. What the listener throws ends the window. */
  render(job: WindowJob, listener: Listener, interruption: AbortSignal): Promise<ModelFrames>;
  /** Why graphs run on the CPU though CUDA was asked for. */
  readonly fellBack: string | undefined;
  /** Stops what is rendered and resolves when the thread has ended. */
  close(): Promise<void>;
}

/** The thread's file stands beside this one, in the source as in the bundle. */
const threadFile = new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url);

interface Turn {
  /** Takes what the thread says next. */
  readonly hear: (message: FromThread) => void;
  readonly fail: (error: Error) => void;
}

export async function openEngine(files: NetworkFiles, options: GraphOptions): Promise<Engine> {
  refuseTelemetry();
  const thread = new Worker(threadFile);
  const tell = (message: ToThread): void => thread.postMessage(message);
  let turn: Turn | undefined;
  let idle: Promise<void> = Promise.resolve();
  let gone: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    thread.on('exit', () => {
      gone ??= new Error(`expected the engine's thread to answer, found it ended`);
      turn?.fail(gone);
      resolve();
    });
  });
  thread.on('message', (message: FromThread) => turn?.hear(message));
  thread.on('error', (error) => {
    gone = error instanceof Error ? error : new Error(String(error));
    turn?.fail(gone);
  });

  /** Says something and hears the thread until `on` finds the answer in what it says. */
  const converse = async <Answer>(message: ToThread, on: (said: FromThread, answer: (value: Answer) => void) => Promise<void> | void) => {
    if (gone) throw gone;
    if (turn) throw new Error('expected one window at a time, found another still rendered');
    const { promise, resolve: rest } = Promise.withResolvers<void>();
    idle = promise;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        let heard: Promise<void> = Promise.resolve();
        turn = {
          fail: reject,
          hear: (said) => {
            if (said.kind === 'failed') return reject(errorOf(said)); // does not wait for a picture that nobody takes any more
            // One after another: a picture is passed on before the end of the window is believed.
            heard = heard.then(() => on(said, resolve));
            heard.catch(reject);
          },
        };
        tell(message);
      });
    } finally {
      turn = undefined;
      rest();
    }
  };

  const engine: Omit<Engine, 'fellBack'> = {
    async render(job, listener, interruption) {
      interruption.throwIfAborted();
      const stop = (): void => tell({ kind: 'stop' });
      interruption.addEventListener('abort', stop, { once: true });
      let failure: unknown;
      const unlessFailed = async (work: () => Promise<void>): Promise<void> => {
        if (failure !== undefined) return; // what is still under way is of no use
        await work().catch((error: unknown) => {
          failure = error;
          stop(); // the window ends when the thread says so: then it is free for another
        });
      };
      try {
        return await converse<ModelFrames>({ kind: 'render', job }, async (said, answer) => {
          if (said.kind === 'step') await unlessFailed(() => listener.onStep(said.state));
          if (said.kind === 'frames') await unlessFailed(() => listener.onFrames(said.frames));
          if (said.kind === 'picture') {
            await unlessFailed(() => listener.onPicture(said.picture));
            tell({ kind: 'taken' });
          }
          if (said.kind === 'rendered') answer(said.last);
        });
      } catch (error) {
        throw failure ?? error;
      } finally {
        interruption.removeEventListener('abort', stop);
      }
    },
    async close() {
      tell({ kind: 'stop' });
      await idle;
      tell({ kind: 'close' });
      await ended;
    },
  };

  const fellBack = await converse<string | undefined>({ kind: 'open', files, options }, (said, answer) => {
    if (said.kind === 'opened') answer(said.fellBack);
  }).catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });
  return { ...engine, fellBack };
}

/** The thread's error with its name, which decides whether another attempt is worth it, and the place it happened at. */
function errorOf({ name, message, stack }: Extract<FromThread, { kind: 'failed' }>): Error {
  const error = new Error(message);
  error.name = name;
  if (stack) error.stack = stack;
  return error;
}
