import * as z from 'zod';
import { ArtifactRef, Sha256 } from './artifact.ts';
import { ComponentRef } from './component.ts';
import { JobId } from './identity.ts';
import { PlanOutput, Tier, Window } from './plan.ts';

/**
 * The proof that a window is done. Written once with a conditional put: whoever comes second finds it and renders nothing.
 * `frames` are FFV1 in NUT, yuv420p, at the plate's size; the file's hash is the same whenever and wherever the window is rendered.
 */
export const WindowManifest = z.strictObject({
  schema: z.literal('framewright/window/v1'),
  jobId: JobId,
  tier: Tier,
  shot: z.int().nonnegative(),
  window: Window,
  component: ComponentRef,
  frames: ArtifactRef,
  frameCount: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** SHA-256 over the decoded yuv420p frames, for components that promise equal frames but not equal files. */
  decodedSha256: Sha256,
  /** What the next window of the shot continues from: bytes that only the component understands. Absent when it continues nothing. */
  context: ArtifactRef.optional(),
});
export type WindowManifest = z.infer<typeof WindowManifest>;

/**
 * The first line of a soft checkpoint; the component's own bytes follow. It says what the state belongs to: a state of another plan, version,
 * window or past is worth nothing, and is ignored.
 */
export const CheckpointHeader = z.strictObject({
  schema: z.literal('framewright/checkpoint/v1'),
  component: ComponentRef,
  plan: Sha256,
  window: Window,
  /** Of the context that the window continues. */
  contextSha256: Sha256.optional(),
  /** Of the bytes that follow. */
  sha256: Sha256,
});
export type CheckpointHeader = z.infer<typeof CheckpointHeader>;

export const GenerateInput = PlanOutput;
export type GenerateInput = z.infer<typeof GenerateInput>;

/** Added by collect-windows once every manifest of the plan was found and checked. */
export const Generate = z.strictObject({ batchJobId: z.string().min(1), windows: z.int().positive() });
export const GenerateOutput = GenerateInput.extend({ generate: Generate });
export type GenerateOutput = z.infer<typeof GenerateOutput>;

/** What collect-windows is called with: the message and the id of the Batch job that just succeeded. */
export const CollectWindowsInput = GenerateInput.extend({ batchJobId: z.string().min(1) });
export type CollectWindowsInput = z.infer<typeof CollectWindowsInput>;
