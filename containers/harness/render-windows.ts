import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '#contracts/artifact';
import { keys } from '#contracts/keys';
import type { Window } from '#contracts/plan';
import { contractViolated } from '#domain/errors';
import { checkFrames } from './frame-check.ts';
import type { MotionBackend } from './motion-backend.ts';
import { writeNut } from './nut-writer.ts';
import { resumable } from './resumable.ts';
import { windowManifests } from './window-manifests.ts';
import type { Work } from './work.ts';

interface Rendered {
  readonly frames: ArtifactRef;
  readonly decodedSha256: string;
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
    const advance = (frames: number): void => {
      frameDone += frames;
      report((100 * frameDone) / frameTotal);
    };

    const generate = async (window: Window, file: string): Promise<string> => {
      const checked = checkFrames(`${plan.component.id} shot ${part} window ${window.start}-${window.end}`, {
        count: window.end - window.start,
        ...plan.plate,
      });
      await writeNut({ ffmpeg: environment.ffmpeg, file, fps: plan.fps, ...plan.plate }, (write) =>
        backend.generate(
          { shot, window, plate: plan.plate, fps: plan.fps },
          async (frame) => {
            checked.take(frame);
            await write(frame);
            advance(1);
          },
          interruption,
        ),
      ).catch((error: unknown) => {
        interruption.throwIfAborted(); // a SIGTERM to the whole process group ends ffmpeg too: that is the stop, not a failure
        throw error;
      });
      return checked.finish();
    };

    const render = async (window: Window): Promise<Rendered> => {
      const started = performance.now();
      const file = join(scratch, `${window.start}-${window.end}.nut`);
      const decodedSha256 = await crash.around('window:generate', () => generate(window, file));
      const generated = performance.now();
      const key = keys.window(plan.tenant, plan.jobId, plan.tier, shot.index, window);
      const frames = await crash.around('window:upload', () => store.upload(key, file, 'video/x-nut'));
      await rm(file);
      log('INFO', 'window rendered', {
        window: `${window.start}-${window.end}`,
        generateMs: Math.round(generated - started),
        uploadMs: Math.round(performance.now() - generated),
        bytes: frames.bytes,
      });
      return { frames, decodedSha256 };
    };

    report(0);
    try {
      return await resumable<Window, Rendered>(
        shot.windows,
        {
          done: async (window) => {
            const found = await manifests.find(window);
            if (found) advance(found.frameCount);
            if (found) log('INFO', 'window already done', { window: `${window.start}-${window.end}` });
            return found !== undefined;
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
