import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { decodeWindow } from '#adapters/media/frames';
import { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import { artifactCorrupted, contractViolated } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';
import { joints, overlapAdd } from '#domain/post/overlap-add';

export interface PlateSource {
  readonly plan: PlanDocument;
  readonly store: ArtifactStore;
  readonly ffmpeg: Ffmpeg;
  readonly workDirectory: string;
  readonly signal: AbortSignal;
}

/**
 * All plate frames of the clip in order, yuv420p at plate size. One window lies on disk at a time and the next one is being
 * fetched; memory holds the frames that wait for their neighbour, however long the clip is.
 */
export async function* plateFrames(source: PlateSource): AsyncGenerator<Uint8Array> {
  const fetched = fetchAhead(source);
  for (const shot of source.plan.shots) {
    const parts = joints(shot.windows, source.plan.overlapFrames, shot.frames);
    yield* overlapAdd(parts, async function* (index, frames) {
      const file = await fetched(shot.index, index);
      yield* decodeWindow(source.ffmpeg, { file, ...source.plan.plate }, frames, source.signal);
      await rm(file);
    });
  }
}

/** Downloads windows in the order they are asked for, one ahead of the decoder. */
function fetchAhead({ plan, store, workDirectory, signal }: PlateSource): (shot: number, window: number) => Promise<string> {
  const queue = plan.shots.flatMap((shot) => shot.windows.map((window, index) => ({ shot, window, index })));
  const download = async ({ shot, window, index }: { shot: Shot; window: Window; index: number }): Promise<string> => {
    signal.throwIfAborted();
    const manifest = await windowManifest(store, plan, shot, window);
    const file = join(workDirectory, `plate-${shot.index}-${index}.nut`);
    await store.download(manifest.frames, file);
    return file;
  };
  const started = new Map<string, Promise<string>>();
  const start = (at: number): void => {
    const item = queue[at];
    if (!item) return;
    const name = `${item.shot.index}/${item.index}`;
    if (started.has(name)) return;
    const fetching = download(item);
    fetching.catch(() => {}); // told when its turn comes
    started.set(name, fetching);
  };
  return async (shot, window) => {
    const at = queue.findIndex((item) => item.shot.index === shot && item.index === window);
    start(at);
    start(at + 1);
    const name = `${shot}/${window}`;
    const file = await started.get(name);
    if (file === undefined) throw contractViolated(`shot ${shot}`, `expected a window ${window} in the plan, found none`);
    return file;
  };
}

/** The proof that a window is done; without it the frames at the window's key mean nothing. */
async function windowManifest(store: ArtifactStore, plan: PlanDocument, shot: Shot, window: Window): Promise<WindowManifest> {
  const key = keys.windowManifest(plan.tenant, plan.jobId, plan.tier, shot.index, window);
  const found = await store.find(key);
  if (!found) throw artifactCorrupted(key, 'of a committed window', 'no object');
  const parsed = WindowManifest.safeParse(JSON.parse(new TextDecoder().decode(found.body)));
  if (!parsed.success) throw contractViolated(key, parsed.error.message);
  const { width, height } = parsed.data;
  if (width !== plan.plate.width || height !== plan.plate.height)
    throw contractViolated(key, `expected a plate of ${plan.plate.width}x${plan.plate.height}, found ${width}x${height}`);
  return parsed.data;
}
