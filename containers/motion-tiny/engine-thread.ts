import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { type Networks, openNetworks } from './networks.ts';
import { type Listener, renderWindow, type WindowJob } from './render-window.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

/**
 * The engine's thread: a graph blocks the event loop while it computes, and the worker's main thread must hear SIGTERM and tell its
 * progress meanwhile. Between two computations it lets messages in.
 */
if (!parentPort) throw new Error('expected to run in a worker thread, found the main thread');
const port = parentPort;

/** Pictures under way to the main thread: one is written, one is ready, one is drawn. */
const AHEAD = 3;

let networks: Networks | undefined;
let underway = 0;
let stop = new AbortController();
let wake: () => void = () => {};

const say = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

/** Lets messages in; throws when one of them was to stop. */
async function pause(): Promise<void> {
  await nextTurn();
  stop.signal.throwIfAborted();
}

const listener: Listener = {
  async onStep({ step, clip }) {
    const copy = clip.slice();
    say({ kind: 'step', state: { step, clip: copy } }, [copy.buffer]);
    await pause();
  },
  async onFrames(frames) {
    say({ kind: 'frames', frames });
    await pause();
  },
  async onPicture(picture) {
    const copy = picture.slice();
    say({ kind: 'picture', picture: copy }, [copy.buffer]);
    underway += 1;
    await pause();
    while (underway >= AHEAD) {
      await new Promise<void>((woken) => {
        wake = woken;
      });
      stop.signal.throwIfAborted();
    }
  },
};

async function render(job: WindowJob): Promise<void> {
  if (!networks) throw new Error('expected the networks to be open, found a window to render');
  stop = new AbortController();
  underway = 0;
  say({ kind: 'rendered', last: await renderWindow(networks, job, listener) });
}

async function hear(message: ToThread): Promise<void> {
  switch (message.kind) {
    case 'open':
      networks = await openNetworks(message.files, message.options);
      return say({ kind: 'opened', fellBack: networks.fellBack });
    case 'render':
      return render(message.job);
    case 'taken':
      underway -= 1;
      return wake();
    case 'stop':
      stop.abort();
      return wake();
    case 'close':
      await networks?.close();
      return port.close();
  }
}

port.on('message', (message: ToThread) => {
  hear(message).catch((error: unknown) => {
    const { name, message: told, stack } = error instanceof Error ? error : new Error(String(error));
    say({ kind: 'failed', name, message: told, stack });
  });
});
