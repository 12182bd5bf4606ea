import * as z from 'zod';
import { Sha256 } from './artifact.ts';

/** What one rendered second is priced by. Prices live in domain/ledger/price-list.ts. */
export const PRICE_CLASSES = ['gpu-spot', 'gpu-on-demand', 'cpu-spot'] as const;
export const PriceClass = z.enum(PRICE_CLASSES);
export type PriceClass = z.infer<typeof PriceClass>;

const Range = z.strictObject({ min: z.int().positive(), max: z.int().positive() });

/**
 * A separately versioned piece of long work, described as data. Job definitions, the registry and docs/reference/components.md are made
 * from it. Lives at containers/<id>/component.json.
 */
export const Component = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  stage: z.enum(['generate', 'post']),
  description: z.string().min(10),
  /** SPDX identifier; the deployment's licence policy must allow it. */
  licence: z.string().min(2),
  /** Weights are never in images: bundle files by name with their hash. */
  files: z.record(z.string(), Sha256).default({}),
  /** How it makes frames; absent for components that make none. */
  motion: z
    .strictObject({
      /** A window's length is `1 + k * frameQuantum` frames for models with temporal strides, any length when 1. */
      frameQuantum: z.int().positive(),
      windowFrames: Range,
      /** Frames shared by two neighbouring windows, so the blend can hide the seam. */
      overlapFrames: z.int().nonnegative(),
      /** Sides must be multiples of this many pixels. */
      sizeMultiple: z.int().positive(),
      conditioning: z.array(z.enum(['first', 'context', 'last', 'mask', 'reference'])),
      /** Plate's short side in pixels, per tier. */
      shortSide: z.strictObject({ preview: z.int().positive(), final: z.int().positive() }),
    })
    .optional(),
  checkpointUnit: z.enum(['window', 'none']),
  needs: z.strictObject({ gpus: z.int().nonnegative(), vcpus: z.int().positive(), memoryMiB: z.int().positive() }),
  /** One attempt may run this long before Batch ends it, in seconds. */
  attemptTimeoutSeconds: z.int().positive(),
  priceClass: PriceClass,
});
export type Component = z.infer<typeof Component>;

export const ComponentRef = z.strictObject({ id: Component.shape.id, version: Component.shape.version });
export type ComponentRef = z.infer<typeof ComponentRef>;
