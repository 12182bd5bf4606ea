import type { PlanDocument, Shot, Window } from '#contracts/plan';

/** What a component is asked for: the frames of one window of one shot, in order. */
export interface WindowRequest {
  readonly shot: Shot;
  readonly window: Window;
  readonly plate: PlanDocument['plate'];
  readonly fps: number;
}

/** Takes one yuv420p frame (planes Y, U, V; width * height * 3/2 bytes; BT.709, video range). The buffer may be reused once it resolves. */
export type FrameSink = (frame: Uint8Array) => Promise<void>;

/** The one shape every maker of motion has, whatever draws inside: our own code, a model in this process, or one in a child. */
export interface MotionBackend {
  /** Throws an `AbortError` soon after the signal aborts; what it made of the window is then thrown away. */
  generate(request: WindowRequest, sink: FrameSink, interruption: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
