import * as z from 'zod';

/** Same number as in worker/protocol.py: an image holds both sides, so a difference is a broken image. */
export const PROTOCOL_VERSION = 1;

/** Why a request cannot be done. */
export const RefusalKind = z.enum(['oom', 'bad-request', 'wrong-shape', 'nan', 'cancelled', 'internal']);
export type RefusalKind = z.infer<typeof RefusalKind>;

const id = z.int().nonnegative();
const Progress = z.object({
  is: z.literal('progress'),
  id,
  phase: z.string(),
  done: z.int().nonnegative(),
  of: z.int().positive(),
});
export type Progress = z.infer<typeof Progress>;

/** What the Python side may say, one JSON object a line. */
export const Said = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ready'), version: z.literal(PROTOCOL_VERSION), engine: z.string(), pid: z.int().positive() }),
  /** Python still runs; says nothing about the work. */
  z.object({ is: z.literal('beat') }),
  Progress,
  z.object({ is: z.literal('done'), id, result: z.record(z.string(), z.unknown()) }),
  z.object({ is: z.literal('error'), id: id.nullable(), kind: RefusalKind, says: z.string() }),
]);
export type Said = z.infer<typeof Said>;

/** What it may be asked; field names are those of worker/protocol.py. */
export interface LoadRequest {
  readonly do: 'load';
  readonly folder: string;
  readonly recipe: string;
  readonly embeddings: string;
  readonly encoder: string;
}

export interface GenerateRequest {
  readonly do: 'generate';
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly frames_per_second: number;
  readonly seed: number;
  readonly prompt: string;
  readonly negative: string;
  readonly out: string;
  readonly context_out: string;
  readonly state_out: string;
  readonly conditions: { readonly context?: string; readonly reference?: string };
  readonly resume?: string;
  readonly together?: Together;
}

/** The shot whose windows are denoised as one: its frames and seed, where this window begins in it and, unless it is the last, the next one. */
export interface Together {
  readonly frames: number;
  readonly seed: number;
  /** Where the process keeps the shot's decoded frames between windows. */
  readonly out: string;
  readonly start: number;
  readonly following?: number;
}

export type Request = LoadRequest | GenerateRequest | { readonly do: 'checkpoint' } | { readonly do: 'cancel' };
