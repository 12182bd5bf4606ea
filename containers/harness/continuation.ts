import type { ArtifactRef } from '#contracts/artifact';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import type { ArtifactStore } from '#domain/ports';

/** The thread from one window of a shot to the next. */
export interface Continuation {
  /** What the window before left; read back and its hash checked when another attempt rendered that window. */
  before(): Promise<Uint8Array | undefined>;
  /** The window before was found done, with what it left. */
  found(context: ArtifactRef | undefined): void;
  /** Keeps what a window rendered here left, beside the window; `undefined` when it left nothing. */
  keep(window: Window, context: Uint8Array | undefined): Promise<ArtifactRef | undefined>;
}

export function continuation(store: ArtifactStore, plan: PlanDocument, shot: Shot): Continuation {
  let before: () => Promise<Uint8Array | undefined> = async () => undefined;
  return {
    before: () => before(),
    found(context) {
      before = async () => context && store.get(context);
    },
    async keep(window, context) {
      before = async () => context;
      return context && store.put(keys.windowContext(plan, shot, window), context);
    },
  };
}
