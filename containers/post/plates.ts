import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { decodeWindow, frameBytes, rawFrames } from '#adapters/media/frames';
import { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import { artifactCorrupted, contractViolated } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';
import { joints, overlapAdd } from '#domain/post/overlap-add';
import type { SeamKeeper } from '#domain/post/seams';
import { framePool } from './frame-pool.ts';

export interface PlateSource {
  readonly plan: PlanDocument;
  readonly store: ArtifactStore;
  readonly ffmpeg: Ffmpeg;
  readonly workDirectory: string;
  /** Decides how windows join and measures what came of it. */
  readonly seams: SeamKeeper;
  readonly signal: AbortSignal;
}

/**
 * All plate frames of the clip in order, yuv420p at plate size. A frame is lent: its buffer is used again once the next one is asked for.
 * Two windows lie on disk at a time, one being read and the next one being fetched and decoded; memory holds the frames that wait for their
 * neighbour, however long the clip is.
 */
export async function* plateFrames(source: PlateSource): AsyncGenerator<Uint8Array> {
  const { plan, seams } = source;
  const size = frameBytes(plan.plate);
  const pool = framePool(size);
  const shots = plan.shots.map((shot) => ({ shot, parts: joints(shot.windows, plan.overlapFrames, shot.frames) }));
  const decoded = decodedAhead(
    source,
    shots.flatMap(({ shot, parts }) => parts.map(({ read }, index) => ({ shot, index, frames: read }))),
  );
  try {
    for (const { shot, parts } of shots) {
      seams.beginShot(shot);
      const read = async function* () {
        yield* rawFrames(await decoded.next(), size, pool.take);
      };
      for await (const frame of overlapAdd(parts, read, { join: seams.join, release: pool.give })) {
        seams.shown(frame);
        yield frame;
      }
    }
  } finally {
    await decoded.stop();
  }
}

interface Wanted {
  readonly shot: Shot;
  readonly index: number;
  /** Frames of the window that are needed, from its first on. */
  readonly frames: number;
}

interface DecodedAhead {
  /** The next window of the queue as a file of raw frames; the one after it is being made meanwhile. */
  next(): Promise<string>;
  /** Ends what is being made, so that nothing is written into the folder any more. */
  stop(): Promise<unknown>;
}

function decodedAhead({ plan, store, ffmpeg, workDirectory, signal }: PlateSource, queue: readonly Wanted[]): DecodedAhead {
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);
  const make = async ({ shot, index, frames }: Wanted): Promise<string> => {
    either.throwIfAborted();
    const window = shot.windows[index];
    if (!window) throw contractViolated(`shot ${shot.index}`, `expected a window ${index} in the plan, found none`);
    const manifest = await windowManifest(store, plan, shot, window);
    const file = join(workDirectory, `plate-${shot.index}-${index}.nut`);
    await store.download(manifest.frames, file);
    const raw = join(workDirectory, `plate-${shot.index}-${index}.yuv`);
    await decodeWindow(ffmpeg, { file, ...plan.plate }, frames, raw, either);
    await rm(file);
    return raw;
  };
  let at = 0;
  const start = (): Promise<string> | undefined => {
    const wanted = queue[at++];
    const making = wanted && make(wanted);
    making?.catch(() => {}); // told when its turn comes
    return making;
  };
  let following = start();
  return {
    next: async () => {
      const current = following;
      following = start();
      if (!current) throw contractViolated('plan.shots', `expected ${queue.length} windows, found more asked for`);
      return current;
    },
    stop: async () => {
      stopped.abort();
      await following?.catch(() => {});
    },
  };
}

/** The proof that a window is done; without it the frames at the window's key mean nothing. */
async function windowManifest(store: ArtifactStore, plan: PlanDocument, shot: Shot, window: Window): Promise<WindowManifest> {
  const key = keys.windowManifest(plan, shot, window);
  const found = await store.find(key);
  if (!found) throw artifactCorrupted(key, 'of a committed window', 'no object');
  const parsed = WindowManifest.safeParse(JSON.parse(new TextDecoder().decode(found.body)));
  if (!parsed.success) throw contractViolated(key, parsed.error.message);
  const { width, height } = parsed.data;
  if (width !== plan.plate.width || height !== plan.plate.height)
    throw contractViolated(key, `expected a plate of ${plan.plate.width}x${plan.plate.height}, found ${width}x${height}`);
  return parsed.data;
}
