import type { GraphOptions } from '#adapters/inference/onnx-graph';
import type { ModelFrames } from './model-frames.ts';
import type { NetworkFiles } from './networks.ts';
import type { WindowJob } from './render-window.ts';
import type { SampleState } from './sampler.ts';

/** What the engine's thread is told. */
export type ToThread =
  | { readonly kind: 'open'; readonly files: NetworkFiles; readonly options: GraphOptions }
  | { readonly kind: 'render'; readonly job: WindowJob }
  /** A picture was passed on: another may come. */
  | { readonly kind: 'taken' }
  /** Leave the window that is being rendered. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'close' };

/** What it says. */
export type FromThread =
  | { readonly kind: 'opened'; readonly fellBack: string | undefined }
  | { readonly kind: 'step'; readonly state: SampleState }
  | { readonly kind: 'frames'; readonly frames: ModelFrames }
  | { readonly kind: 'picture'; readonly picture: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'rendered'; readonly last: ModelFrames }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string | undefined };
