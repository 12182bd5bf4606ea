import { keys } from '#contracts/keys';
import type { PlanDocument, Window } from '#contracts/plan';
import type { ArtifactStore } from '#domain/ports';
import { opened, sealed } from './envelope.ts';
import type { ModelFrames } from './model-frames.ts';

/** Where the frames of a window lie that all tiers share: the preview makes them, the final only enlarges them. */
export interface FrameShelf {
  /** `undefined` when there are none of this identity, or none that can be read: then they are made again, to the same bytes. */
  find(shot: number, window: Window, identity: string): Promise<ModelFrames | undefined>;
  /** Whoever comes second leaves what is there. */
  keep(shot: number, window: Window, identity: string, frames: ModelFrames): Promise<void>;
}

export function frameShelf(store: Pick<ArtifactStore, 'find' | 'create'>, { tenant, jobId }: PlanDocument): FrameShelf {
  const keyOf = (shot: number, window: Window, identity: string): string => keys.modelFrames(tenant, jobId, shot, window, identity);
  return {
    async find(shot, window, identity) {
      const found = await store.find(keyOf(shot, window, identity));
      return found && opened(found.body, 'frames', identity)?.body;
    },
    async keep(shot, window, identity, frames) {
      await store.create(keyOf(shot, window, identity), sealed({ kind: 'frames', identity, body: frames }), 'application/octet-stream');
    },
  };
}

/** Remembers nothing: for one-off renders and measurements. */
export const noShelf: FrameShelf = { find: async () => undefined, keep: async () => {} };
