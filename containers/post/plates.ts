import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { frameBytes, rawFrames } from '#adapters/media/frames';
import type { PlanDocument } from '#contracts/plan';
import type { ArtifactStore } from '#domain/ports';
import { joints, overlapAdd } from '#domain/post/overlap-add';
import type { SeamKeeper } from '#domain/post/seams';
import { decodedAhead } from './decoded-ahead.ts';
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
 * A few windows lie on disk at a time, those being read and the next ones being fetched and decoded; memory holds the frames that wait for
 * their neighbour, however long the clip is.
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
