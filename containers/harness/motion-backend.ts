import type { Component } from '#contracts/component';
import type { PlanDocument, Shot, Window } from '#contracts/plan';

/** What a component is asked for: the frames of one window of one shot, in order. */
export interface WindowRequest {
  readonly shot: Shot;
  readonly window: Window;
  readonly plate: PlanDocument['plate'];
  readonly fps: number;
  /** What the window before left for this one; absent for a shot's first window and for components that continue nothing. */
  readonly context?: Uint8Array;
  /** A soft checkpoint of this very window, from an attempt that was taken away. */
  readonly resume?: Uint8Array;
}

export interface WindowResult {
  /** For the next window of the shot: bytes that only the backend understands. */
  readonly context?: Uint8Array;
}

/** Weights on this machine's disk: absolute path by file name, every hash already checked. */
export interface LoadedBundle {
  readonly files: ReadonlyMap<string, string>;
}

/** What a component says about itself in its component.json. */
export type MotionCapabilities = NonNullable<Component['motion']> & Pick<Component, 'checkpointUnit'>;

/** Takes one yuv420p frame (planes Y, U, V; width * height * 3/2 bytes; BT.709, video range). The buffer may be reused once it resolves. */
export type FrameSink = (frame: Uint8Array) => Promise<void>;

/** The one shape every maker of motion has, whatever draws inside: our own code, a model in this process, or one in a child. */
export interface MotionBackend {
  readonly capabilities: MotionCapabilities;
  /** Called once, before the first window. */
  load(bundle: LoadedBundle): Promise<void>;
  /** Throws an `AbortError` soon after the signal aborts; what it made of the window is then thrown away, and the backend can be asked again. */
  generate(request: WindowRequest, sink: FrameSink, interruption: AbortSignal): Promise<WindowResult>;
  /**
   * State of the window being generated, if the backend can give it within the deadline; `undefined` when a window is the only checkpoint.
   * Asked for while `generate` runs, before its signal aborts. Handed back as `resume`, it leads to the frames of an undisturbed window.
   */
  checkpoint(deadlineMs: number): Promise<Uint8Array | undefined>;
  /** Ends whatever the backend started; calling it again is harmless. */
  close(): Promise<void>;
}

/** The capabilities in a component's manifest; throws when it makes no motion. */
export function capabilitiesOf({ id, motion, checkpointUnit }: Component): MotionCapabilities {
  if (!motion) throw new TypeError(`component ${id}: expected a "motion" part in its component.json, found none`);
  return { ...motion, checkpointUnit };
}
