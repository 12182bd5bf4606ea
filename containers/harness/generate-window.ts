import type { CrashPoints } from './crash-points.ts';
import { within } from './deadline.ts';
import { type CheckedFrames, checkFrames } from './frame-check.ts';
import type { Log } from './log.ts';
import type { MotionBackend, WindowRequest, WindowResult } from './motion-backend.ts';
import { writeNut } from './nut-writer.ts';
import { listen } from './silence.ts';

/** Of the 25 s between SIGTERM and our leaving, the component gets this many to give its state; the rest is for the upload. */
const CHECKPOINT_DEADLINE_MS = 10_000;

export interface WindowMaker {
  readonly backend: MotionBackend;
  readonly where: string;
  readonly ffmpeg: string;
  readonly stallSeconds: number;
  readonly crash: CrashPoints;
  readonly log: Log;
  readonly interruption: AbortSignal;
  /** Keeps a state inside the window for the attempt that comes next. */
  readonly save: (state: Uint8Array) => Promise<void>;
  readonly advance: (frames: number) => void;
}

export interface GeneratedWindow {
  readonly checked: CheckedFrames;
  readonly result: WindowResult;
}

/** Makes the frames of one window and writes them to `file`. A stop first saves the state inside the window, if the component can, then aborts it. */
export async function generateWindow(maker: WindowMaker, request: WindowRequest, file: string): Promise<GeneratedWindow> {
  const { backend, where, interruption } = maker;
  const { plate, fps, window } = request;
  const checked = checkFrames(where, { count: window.end - window.start, ...plate });
  const silence = listen(where, maker.stallSeconds);
  const stop = new AbortController();
  let saving = Promise.resolve();
  const taken = (): void => {
    saving = saveState(maker).finally(() => stop.abort(interruption.reason));
  };
  let result: WindowResult = {};
  try {
    interruption.throwIfAborted();
    interruption.addEventListener('abort', taken, { once: true });
    await writeNut({ ffmpeg: maker.ffmpeg, file, fps, ...plate }, async (write) => {
      const frames = backend.generate(
        request,
        async (frame) => {
          silence.heard();
          checked.take(frame);
          await write(frame);
          silence.heard(); // a slow disk is not the component's silence
          maker.advance(1);
        },
        stop.signal,
      );
      frames.catch(() => {}); // one that is given up for stalled may still say something
      result = await Promise.race([frames, silence.broken]);
    });
    return { checked, result };
  } catch (error) {
    stop.abort(error); // a component that stalled is told, too
    interruption.throwIfAborted(); // a SIGTERM to the whole process group ends ffmpeg too: that is the stop, not a failure
    throw error;
  } finally {
    silence.end();
    interruption.removeEventListener('abort', taken);
    await saving;
  }
}

/** Whatever goes wrong here costs the time of one window, never the stop. */
async function saveState({ backend, crash, log, save }: WindowMaker): Promise<void> {
  if (backend.capabilities.checkpointUnit !== 'step') return;
  try {
    const state = await within(CHECKPOINT_DEADLINE_MS, backend.checkpoint(CHECKPOINT_DEADLINE_MS));
    if (state) await crash.around('window:checkpoint', () => save(state));
    else log('INFO', 'no checkpoint in time');
  } catch (error) {
    log('WARN', 'checkpoint lost', { error: String(error) });
  }
}
