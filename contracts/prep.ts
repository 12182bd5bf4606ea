import * as z from 'zod';
import { ArtifactRef } from './artifact.ts';
import { HexColor } from './brief.ts';
import { IntakeOutput } from './job.ts';
import { Transcript } from './transcript.ts';

const Picture = z.strictObject({ ref: ArtifactRef, width: z.int().positive(), height: z.int().positive() });

/** Where the product mask came from, and how sure we are of it. */
export const ProductMask = z.strictObject({
  source: z.enum(['alpha', 'u2netp']),
  /** 0..1: share of mask pixels that are clearly in or clearly out, times a plausibility of the covered area. */
  confidence: z.number().min(0).max(1),
  /** Share of the photo that the product covers, 0..1. */
  coverage: z.number().min(0).max(1),
});
export type ProductMask = z.infer<typeof ProductMask>;

export const ReferenceVideo = z.strictObject({
  seconds: z.number().positive(),
  fps: z.number().positive(),
  /** Frames at 1 per second, 512 px wide, as one Motion-JPEG object: never an object per frame. */
  keyframes: ArtifactRef,
  /** EBU R128 integrated loudness in LUFS; null for a silent video. */
  loudnessLufs: z.number().nullable(),
});

export const PrepInput = IntakeOutput;
export type PrepInput = z.infer<typeof PrepInput>;

/** Every picture here was decoded, checked and encoded again by us; nothing uploaded travels further. */
export const Prep = z.strictObject({
  /** sRGB PNG, upright, long side at most 2048 px. */
  photo: Picture,
  /** RGBA PNG cropped to the product: what is composited over the plate. */
  cutout: Picture,
  /** PNG, long side 320 px. */
  thumbnail: Picture,
  logo: Picture.optional(),
  mask: ProductMask,
  /** Dominant colours of the photo, most common first. */
  photoPalette: z.array(HexColor).min(1).max(6),
  /** A recording without pictures leaves this out. */
  reference: ReferenceVideo.optional(),
  /** What can be heard in the reference: WAV, 16 kHz, one channel, 16 bit. Absent when nothing can. */
  sound: ArtifactRef.optional(),
  /** What is said in it. Absent until it was listened to; safety does not let a sound pass that has none. */
  transcript: Transcript.optional(),
});
export type Prep = z.infer<typeof Prep>;
export const PrepOutput = PrepInput.extend({ prep: Prep });
export type PrepOutput = z.infer<typeof PrepOutput>;

/** How the Batch job that wrote the words down ended: it can be found by its id, or the machine says why there is none. */
export const CollectTranscriptInput = PrepOutput.extend({
  batchJobId: z.string().min(1).optional(),
  problem: z.strictObject({ error: z.string(), cause: z.string() }).optional(),
});
export type CollectTranscriptInput = z.infer<typeof CollectTranscriptInput>;
