import type { Component } from '#contracts/component';
import type { PlanDocument } from '#contracts/plan';
import type { ArtifactStore } from '#domain/ports';
import type { CrashPoints } from './crash-points.ts';
import type { Log } from './log.ts';
import type { LoadedBundle } from './motion-backend.ts';
import type { Outcome } from './resumable.ts';
import type { TimeSpent } from './time-spent.ts';
import type { WorkerEnvironment } from './worker-environment.ts';

/** All that a component's work may touch. */
export interface WorkContext {
  readonly component: Component;
  readonly plan: PlanDocument;
  /** The part of the plan this process works on: a shot for components that make motion, 0 otherwise. */
  readonly part: number;
  readonly environment: WorkerEnvironment;
  readonly store: ArtifactStore;
  readonly crash: CrashPoints;
  /** Aborts when the machine is being taken away. */
  readonly interruption: AbortSignal;
  /** An empty folder of this attempt's own; gone afterwards. */
  readonly scratch: string;
  /** The component's weights, on this machine's disk and checked. */
  readonly loadBundle: () => Promise<LoadedBundle>;
  /** What this attempt's time was worth so far; see contracts/events.ts. */
  readonly spent: TimeSpent;
  /** Percent of this part, 0..100. */
  readonly report: (percent: number) => void;
  readonly log: Log;
}
export type Work = (context: WorkContext) => Promise<Outcome>;
