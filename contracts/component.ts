import * as z from 'zod';
import { Sha256 } from './artifact.ts';

/** What one rendered second is priced by. Prices live in domain/ledger/price-list.ts. */
export const PRICE_CLASSES = ['gpu-spot', 'gpu-on-demand', 'cpu-spot'] as const;
export const PriceClass = z.enum(PRICE_CLASSES);
export type PriceClass = z.infer<typeof PriceClass>;

const Range = z.strictObject({ min: z.int().positive(), max: z.int().positive() });

/** What a component is for; one of each may be pinned by a brief or a template. */
export const ROLES = ['motion', 'denoise', 'upsample', 'audio', 'transcribe', 'composite'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

const ComponentId = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/);

/** A file of weights: plain names only, so that it can be a path below any folder. */
const FileName = z
  .string()
  .max(256)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/, 'expected a relative path of plain names such as motion-tiny.onnx');
const WeightsFile = z.strictObject({ sha256: Sha256, bytes: z.int().positive() });

/** JSON Schema of one request or one answer; a request is always an object. */
const RequestSchema = z.looseObject({ type: z.literal('object') });

/** How a component makes frames. */
export const Motion = z
  .strictObject({
    /** A window's length is `1 + k * frameQuantum` frames for models with temporal strides, any length when 1. */
    frameQuantum: z.int().positive(),
    windowFrames: Range,
    /** Frames shared by two neighbouring windows, so the blend can hide the seam. */
    overlapFrames: z.int().nonnegative(),
    /** Sides must be multiples of this many pixels. */
    sizeMultiple: z.int().positive(),
    /** Shapes it was made for; a clip of another shape takes the nearest and post crops it. */
    aspects: z.array(z.enum(['16:9', '9:16', '1:1', 'any'])).min(1),
    conditioning: z.array(z.enum(['first', 'context', 'last', 'mask', 'reference'])),
    /**
     * `context`: a window starts from what the window before it left. Then windows stand at a fixed stride (window - overlap), the last one
     * runs past the shot's end, and post drops the frames past it. `none`: windows know nothing of each other, the last one is pulled back.
     */
    continues: z.enum(['none', 'context']),
    /**
     * For models whose latents of a whole shot are small: its windows may be denoised together, each step averaged where they overlap, so that they
     * agree everywhere and not only where one ends and the next begins. Then the last window is as long as the shot asks.
     */
    coDenoising: z
      .strictObject({
        /** Channels of the latent, kept as 32-bit numbers. */
        channels: z.int().positive(),
        /** Pixels of a side that one cell of the latent stands for. In time a cell stands for `frameQuantum` frames. */
        cellPixels: z.int().positive(),
        /** A shot whose latent has more bytes than these is continued, window after window. */
        mostBytes: z.int().positive(),
      })
      .optional(),
    /** What the same request gives twice: the same file, or frames that decode to the same pixels. */
    determinism: z.enum(['bytes', 'decoded-frames']),
    /**
     * Longest silence in seconds, between two frames or before the first one, that is still work; after it the worker says that the component
     * is stuck. Half of the attempt's time when left out: what says nothing for so long will not finish in the other half.
     */
    stallSeconds: z.int().positive().optional(),
    /** Frame rate it was made for; it takes any when left out. */
    framesPerSecond: z.int().positive().optional(),
    /** Plate's short side in pixels, per tier. */
    shortSide: z.strictObject({ preview: z.int().positive(), final: z.int().positive() }),
  })
  .refine(({ windowFrames }) => windowFrames.min <= windowFrames.max, {
    path: ['windowFrames'],
    message: 'expected min to be at most max',
  })
  .refine(({ coDenoising, continues }) => coDenoising === undefined || continues === 'context', {
    path: ['coDenoising'],
    message: 'expected it only for a component that continues windows: that is how a shot is made that is too large for it',
  })
  .refine(({ windowFrames, overlapFrames }) => overlapFrames < windowFrames.max, {
    path: ['overlapFrames'],
    message: 'expected fewer frames than the longest window, or windows would never advance',
  });
export type Motion = z.infer<typeof Motion>;

const Version = z.string().regex(/^\d+\.\d+\.\d+$/);

/**
 * A separately versioned piece of long work, described as data. Job definitions, the registry and docs/reference/components.md are made
 * from it. Lives at containers/<id>/component.json.
 */
export const Component = z
  .strictObject({
    id: ComponentId,
    version: Version,
    role: Role,
    stage: z.enum(['prep', 'generate', 'post']),
    /** The component in whose worker this one is loaded; it has no image of its own then. */
    hostedBy: ComponentId.optional(),
    /**
     * For a component that hosts others: by each of its own versions, the versions it holds. A line is written once and never changed: the
     * job definition bears the host's version alone, so another guest under the same one would be another worker under the same name.
     */
    guests: z.record(Version, z.record(ComponentId, Version)).optional(),
    /** The folder below `containers/` whose image it runs in, when several components share one; its own when left out. */
    image: ComponentId.optional(),
    description: z.string().min(10),
    /** SPDX identifier; the deployment's licence policy must allow it. */
    licence: z.string().min(2),
    /** Weights by file name; never in images. */
    files: z.record(FileName, WeightsFile).default({}),
    /**
     * `shipped`: the files lie in `models/<id>/` of the repository and are deployed with the stacks. `registered`: they are a bundle that
     * the customer brings with `framewright components register`.
     */
    weights: z.enum(['shipped', 'registered']).default('shipped'),
    /** What one request takes and gives. */
    input: RequestSchema,
    output: RequestSchema,
    /** For components that make motion plates, and for no others. */
    motion: Motion.optional(),
    /** The smallest piece of work that is not done again after a reclaim. */
    checkpointUnit: z.enum(['step', 'window', 'none']),
    /** What a worker is given; for a hosted component, what it takes of its host's share. */
    needs: z.strictObject({ gpus: z.int().nonnegative(), vcpus: z.int().positive(), memoryMiB: z.int().positive() }),
    /** One attempt may run this long before Batch ends it, in seconds. */
    attemptTimeoutSeconds: z.int().positive(),
    priceClass: PriceClass,
  })
  .refine(({ role, motion }) => (role === 'motion') === (motion !== undefined), {
    path: ['motion'],
    message: 'expected it for the role "motion" and for no other',
  })
  .refine(({ role, hostedBy }) => role !== 'motion' || hostedBy === undefined, {
    path: ['hostedBy'],
    message: 'expected a component that makes motion to be a worker of its own',
  })
  .refine(({ needs, priceClass }) => needs.gpus > 0 === priceClass.startsWith('gpu'), {
    path: ['priceClass'],
    message: 'expected a GPU class for a component that needs a GPU, and for no other: it decides which machines are asked, too',
  })
  .refine(({ image, hostedBy }) => image === undefined || hostedBy === undefined, {
    path: ['image'],
    message: 'expected none: a hosted component runs in the image of its host',
  });
export type Component = z.infer<typeof Component>;

export const ComponentRef = z.strictObject({ id: Component.shape.id, version: Component.shape.version });
export type ComponentRef = z.infer<typeof ComponentRef>;

/** What a brief or a template asks for: a component, or exactly one version of it. */
export const ComponentPin = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{1,31}(@\d+\.\d+\.\d+)?$/,
    'expected a component such as motion-tiny, or a version of it such as motion-tiny@1.0.0',
  );

/** A worker as the pipeline asks Batch for it. */
export const WorkerRef = z.strictObject({ ...ComponentRef.shape, priceClass: PriceClass });
export type WorkerRef = z.infer<typeof WorkerRef>;

/** `id@version`: how people, tables and logs write it. */
export const refText = ({ id, version }: ComponentRef): string => `${id}@${version}`;
