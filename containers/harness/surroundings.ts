import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import type { Component } from '#contracts/component';
import type { ArtifactStore, EventPublisher, Now } from '#domain/ports';
import { killOurselves } from './crash-points.ts';
import type { LoadedBundle } from './motion-backend.ts';
import { loadBundle } from './weights.ts';
import type { WorkerEnvironment } from './worker-environment.ts';

/** What the harness needs from outside; a test passes its own. */
export interface WorkerSurroundings {
  readonly store: ArtifactStore;
  readonly publisher: EventPublisher;
  readonly now: Now;
  readonly die: () => Promise<never>;
  readonly write: (line: string) => void;
  /** Milliseconds since this attempt's process began. */
  readonly elapsed: () => number;
  /** Weights of the worker's component and of those it hosts. */
  readonly loadBundle: (components: readonly Component[]) => Promise<LoadedBundle>;
}

export const onAws = (environment: WorkerEnvironment, store = openArtifactStore({ bucket: environment.bucket })): WorkerSurroundings => ({
  store,
  publisher: openEventPublisher({ busName: environment.bus }),
  now: () => new Date(),
  die: killOurselves,
  write: (line) => process.stdout.write(line),
  elapsed: () => performance.now(), // counts from the start of the process
  loadBundle: (components) => loadBundle(components, { places: environment.weights, store }),
});
