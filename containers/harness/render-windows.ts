import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keys } from '#contracts/keys';
import type { Window } from '#contracts/plan';
import { contractViolated } from '#domain/errors';
import { continuation } from './continuation.ts';
import { within } from './deadline.ts';
import { generateWindow, type WindowMaker } from './generate-window.ts';
import type { MotionBackend, WindowRequest } from './motion-backend.ts';
import { resumable } from './resumable.ts';
import { softCheckpoints } from './soft-checkpoints.ts';
import { type RenderedWindow, windowManifests } from './window-manifests.ts';
import type { Work, WorkContext } from './work.ts';

/** What a backend that will not close is given before it is left behind; the process ends right after. */
const CLOSING_MS = 5_000;

/**
 * Renders the windows of one shot, one after another: claim, generate, validate, upload, commit. A committed window is the checkpoint; a
 * component that can say more has its state inside a window kept when the machine is taken away.
 */
export const renderWindows =
  (backend: MotionBackend): Work =>
  async (work) => {
    const { plan, part, environment, store, crash, interruption, scratch, report, log, spent } = work;
    const shot = plan.shots[part];
    if (!shot) throw contractViolated(`part ${part}`, `expected a shot between 0 and ${plan.shots.length - 1}`);
    const manifests = windowManifests(store, plan, shot);
    const checkpoints = softCheckpoints(store, { plan, planSha256: environment.plan.sha256, shot, log });
    const thread = continuation(store, plan, shot);
    const progress = frameCount(shot.windows, report);
    let isLoaded = false;

    const claim = async (window: Window): Promise<boolean> => {
      const found = await crash.around('window:claim', () => manifests.find(window));
      if (!found) return false;
      thread.found(found.context);
      spent.repeated();
      progress.add(found.frameCount);
      log('INFO', 'window already done', { window: nameOf(window) });
      return true;
    };

    const render = async (window: Window): Promise<RenderedWindow> => {
      const started = performance.now();
      if (!isLoaded) {
        await crash.around('worker:load', async () => backend.load(await work.loadBundle()));
        if (environment.attempt > 1) spent.repeated(); // the attempt before had come as far
        isLoaded = true;
      }
      const context = await thread.before();
      const resume = backend.capabilities.checkpointUnit === 'step' ? await checkpoints.find(window, context) : undefined;
      const request: WindowRequest = {
        ...{ shot, window, plate: plan.plate, fps: plan.fps },
        ...(context && { context }),
        ...(resume && { resume }),
      };
      const maker: WindowMaker = {
        ...{ backend, crash, log, interruption, advance: progress.add, ffmpeg: environment.ffmpeg },
        where: `${plan.component.id} shot ${part} window ${nameOf(window)}`,
        stallSeconds: stallSecondsOf(work),
        save: async (state) => {
          await checkpoints.save(window, context, state);
          spent.useful();
        },
      };
      const file = join(scratch, `${nameOf(window)}.nut`);
      const { checked, result } = await crash
        .around('window:generate', () => generateWindow(maker, request, file))
        .catch(async (error: unknown) => {
          // A state that led to a failure is not tried a second time.
          if (resume && !interruption.aborted) await checkpoints.forget(window);
          throw error;
        });
      const decodedSha256 = await crash.around('window:validate', async () => checked.finish());
      const generated = performance.now();
      const key = keys.window(plan, shot, window);
      const frames = await crash.around('window:upload', () => store.upload(key, file, 'video/x-nut'));
      const left = result.context;
      const next = left && (await crash.around('window:context', () => thread.keep(window, left)));
      if (!next) thread.found(undefined);
      await rm(file);
      log('INFO', 'window rendered', {
        window: nameOf(window),
        generateMs: Math.round(generated - started),
        uploadMs: Math.round(performance.now() - generated),
        bytes: frames.bytes,
        ...(resume && { resumed: true }),
      });
      return { frames, decodedSha256, ...(next && { context: next }) };
    };

    const commit = async (window: Window, rendered: RenderedWindow): Promise<void> => {
      const isFirst = await crash.around('window:commit', () => manifests.commit(window, rendered));
      if (isFirst) spent.useful();
      else spent.repeated();
      progress.add(0);
      if (!isFirst) log('INFO', 'another worker was first', { window: nameOf(window) });
      await checkpoints.forget(window);
    };

    report(0);
    try {
      return await resumable<Window, RenderedWindow>(shot.windows, { done: claim, mark: commit }, render, interruption);
    } finally {
      await within(CLOSING_MS, backend.close());
    }
  };

const nameOf = ({ start, end }: Window): string => `${start}-${end}`;

/** A component that says nothing for half the time that its whole shot may take will not finish in the other half. */
const stallSecondsOf = ({ component }: WorkContext): number => component.motion?.stallSeconds ?? component.attemptTimeoutSeconds / 2;

/** Frames done of all frames, as percent. */
function frameCount(windows: readonly Window[], report: (percent: number) => void): { add: (frames: number) => void } {
  const total = windows.reduce((sum, { start, end }) => sum + end - start, 0);
  let done = 0;
  return {
    add: (frames) => {
      done += frames;
      report((100 * done) / total);
    },
  };
}
