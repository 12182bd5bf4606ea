import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '#contracts/artifact';
import { keys } from '#contracts/keys';
import type { Window } from '#contracts/plan';
import { contractViolated } from '#domain/errors';
import { checkFrames } from './frame-check.ts';
import type { MotionBackend, WindowResult } from './motion-backend.ts';
import { writeNut } from './nut-writer.ts';
import { resumable } from './resumable.ts';
import { type RenderedWindow, windowManifests } from './window-manifests.ts';
import type { Work } from './work.ts';

interface Generated {
  readonly decodedSha256: string;
  readonly context: Uint8Array | undefined;
}

/** Renders the windows of one shot: generate, check, upload, commit. A committed window is the checkpoint. */
export const renderWindows =
  (backend: MotionBackend): Work =>
  async ({ plan, part, environment, store, crash, interruption, scratch, report, log }) => {
    const shot = plan.shots[part];
    if (!shot) throw contractViolated(`part ${part}`, `expected a shot between 0 and ${plan.shots.length - 1}`);
    const manifests = windowManifests(store, plan, shot);
    const frameTotal = shot.windows.reduce((sum, { start, end }) => sum + end - start, 0);
    let frameDone = 0;
    // What the window before left: its bytes when it was rendered here, where they lie when it was found.
    let left: Uint8Array | ArtifactRef | undefined;
    const advance = (frames: number): void => {
      frameDone += frames;
      report((100 * frameDone) / frameTotal);
    };

    const generate = async (window: Window, file: string): Promise<Generated> => {
      const context = left && ('sha256' in left ? await store.get(left) : left);
      let result: WindowResult = {};
      const checked = checkFrames(`${plan.component.id} shot ${part} window ${window.start}-${window.end}`, {
        count: window.end - window.start,
        ...plan.plate,
      });
      await writeNut({ ffmpeg: environment.ffmpeg, file, fps: plan.fps, ...plan.plate }, async (write) => {
        result = await backend.generate(
          { shot, window, plate: plan.plate, fps: plan.fps, ...(context && { context }) },
          async (frame) => {
            checked.take(frame);
            await write(frame);
            advance(1);
          },
          interruption,
        );
      }).catch((error: unknown) => {
        interruption.throwIfAborted(); // a SIGTERM to the whole process group ends ffmpeg too: that is the stop, not a failure
        throw error;
      });
      return { decodedSha256: checked.finish(), context: result.context };
    };

    const render = async (window: Window): Promise<RenderedWindow> => {
      const started = performance.now();
      const file = join(scratch, `${window.start}-${window.end}.nut`);
      const { decodedSha256, context: next } = await crash.around('window:generate', () => generate(window, file));
      const generated = performance.now();
      const key = keys.window(plan.tenant, plan.jobId, plan.tier, shot.index, window);
      const frames = await crash.around('window:upload', () => store.upload(key, file, 'video/x-nut'));
      await rm(file);
      const context = next && (await store.put(keys.windowContext(plan.tenant, plan.jobId, plan.tier, shot.index, window), next));
      left = next;
      log('INFO', 'window rendered', {
        window: `${window.start}-${window.end}`,
        generateMs: Math.round(generated - started),
        uploadMs: Math.round(performance.now() - generated),
        bytes: frames.bytes,
      });
      return { frames, decodedSha256, ...(context && { context }) };
    };

    report(0);
    try {
      return await resumable<Window, RenderedWindow>(
        shot.windows,
        {
          done: async (window) => {
            const found = await manifests.find(window);
            if (!found) return false;
            left = found.context;
            advance(found.frameCount);
            log('INFO', 'window already done', { window: `${window.start}-${window.end}` });
            return true;
          },
          mark: async (window, rendered) => {
            const first = await crash.around('window:commit', () => manifests.commit(window, rendered));
            if (!first) log('INFO', 'another worker was first', { window: `${window.start}-${window.end}` });
          },
        },
        render,
        interruption,
      );
    } finally {
      await backend.close();
    }
  };
