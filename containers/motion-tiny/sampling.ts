import type { SampleState } from './sampler.ts';

/** How far the sampling of one window is, for whoever wants to keep it. */
export interface Sampling {
  readonly identity: string;
  /** The last finished step, or the one it went on from. */
  state(): SampleState | undefined;
  reach(state: SampleState): void;
  /** Nothing more will be reached. */
  over(): void;
  /** Resolved once there is a state, or there will never be one. */
  readonly moved: Promise<void>;
}

export function newSampling(identity: string, start: SampleState | undefined): Sampling {
  const { promise, resolve } = Promise.withResolvers<void>();
  let latest = start;
  if (start) resolve();
  return {
    identity,
    moved: promise,
    state: () => latest,
    over: resolve,
    reach(state) {
      latest = state;
      resolve();
    },
  };
}
