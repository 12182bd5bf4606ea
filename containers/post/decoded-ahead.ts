import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { decodeWindows, frameBytes } from '#adapters/media/frames';
import { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import { artifactCorrupted, contractViolated } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';

/** Where windows come from, and where they are laid down as raw frames. */
export interface WindowSource {
  readonly plan: PlanDocument;
  readonly store: ArtifactStore;
  readonly ffmpeg: Ffmpeg;
  readonly workDirectory: string;
  readonly signal: AbortSignal;
}

export interface WantedWindow {
  readonly shot: Shot;
  readonly index: number;
  /** Frames of the window that are needed, from its first on. */
  readonly frames: number;
}

export interface DecodedAhead {
  /** The next window of the queue as a file of raw frames; those after it are being made meanwhile. */
  next(): Promise<string>;
  /** Ends what is being made, so that nothing is written into the folder any more. */
  stop(): Promise<unknown>;
}

/**
 * Windows that one command decodes. Every start of ffmpeg costs as much as two or three frames, and leaves objects behind that live just long
 * enough to be kept; eight windows share that, and eight decoders still fit in 40 MiB of the child.
 */
const WINDOWS_TOGETHER = 8;
/** Bytes of raw frames that one command leaves on disk: six windows of 31 frames at 640x360. Two commands' worth lies there at a time. */
const BYTES_TOGETHER = 64 << 20;

/** Fetches, checks and decodes the windows of a queue, in its order: one group ahead of the one being read. */
export function decodedAhead(source: WindowSource, queue: readonly WantedWindow[]): DecodedAhead {
  const stopped = new AbortController();
  const signal = AbortSignal.any([source.signal, stopped.signal]);
  const groups = together(queue, frameBytes(source.plan.plate));
  let at = 0;
  const start = (): Promise<string[]> | undefined => {
    const group = groups[at++];
    const making = group && decodeGroup({ ...source, signal }, group);
    making?.catch(() => {}); // told when its turn comes
    return making;
  };
  let following = start();
  let ready: string[] = [];
  return {
    next: async () => {
      if (ready.length === 0) {
        const current = following;
        following = start();
        ready = (await current) ?? [];
      }
      const file = ready.shift();
      if (file === undefined) throw contractViolated('plan.shots', `expected ${queue.length} windows, found more asked for`);
      return file;
    },
    stop: async () => {
      stopped.abort();
      await following?.catch(() => {});
    },
  };
}

/** Neighbours of the queue in groups: as many as one command may decode, at least one. */
function together(queue: readonly WantedWindow[], frame: number): WantedWindow[][] {
  const groups: WantedWindow[][] = [];
  let bytes = 0;
  for (const wanted of queue) {
    const group = groups.at(-1);
    bytes += wanted.frames * frame;
    if (group && group.length < WINDOWS_TOGETHER && bytes <= BYTES_TOGETHER) group.push(wanted);
    else {
      groups.push([wanted]);
      bytes = wanted.frames * frame;
    }
  }
  return groups;
}

async function decodeGroup(
  { plan, store, ffmpeg, workDirectory, signal }: WindowSource,
  group: readonly WantedWindow[],
): Promise<string[]> {
  const windows = [];
  for (const { shot, index, frames } of group) {
    signal.throwIfAborted();
    const window = shot.windows[index];
    if (!window) throw contractViolated(`shot ${shot.index}`, `expected a window ${index} in the plan, found none`);
    const manifest = await windowManifest(store, plan, shot, window);
    const name = join(workDirectory, `plate-${shot.index}-${index}`);
    await store.download(manifest.frames, `${name}.nut`);
    windows.push({ file: `${name}.nut`, raw: `${name}.yuv`, frames, ...plan.plate });
  }
  await decodeWindows(ffmpeg, windows, signal);
  for (const { file } of windows) await rm(file);
  return windows.map(({ raw }) => raw);
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
