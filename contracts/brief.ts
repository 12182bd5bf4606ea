import * as z from 'zod';
import { ComponentPin } from './component.ts';
import { TenantId } from './identity.ts';
import { TIERS } from './stages.ts';

/** A brief is a page of text; 256 KiB is two orders more than the longest storyboard we have seen. */
export const MAX_BRIEF_BYTES = 256 * 1024;
/** Deepest honest nesting is 4 (brief > storyboard > frame > field); deeper is an attack on a parser. */
export const MAX_BRIEF_DEPTH = 12;
/** Longest clip one job renders, in seconds. The memory test of windows runs at this length. */
export const MAX_CLIP_SECONDS = 600;

/** Key of an asset relative to the brief's own folder: plain names, no `..`, no leading slash, no control characters. */
export const AssetKey = z
  .string()
  .min(1)
  .max(512)
  .regex(
    /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
    'expected a relative path of plain names such as assets/photo.png',
  );

export const HexColor = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as #c0392b');
export const CAMERA_MOVES = ['static', 'push-in', 'pull-out', 'pan-left', 'pan-right', 'tilt-up', 'tilt-down', 'orbit'] as const;
export const CameraMove = z.enum(CAMERA_MOVES);
export type CameraMove = z.infer<typeof CameraMove>;

/** Templates are data (domain/plan/templates.ts). A brief that names none gets `product-hero`. */
export const TEMPLATES = ['product-hero', 'low-risk-loop'] as const;
export const TemplateId = z.enum(TEMPLATES);

/** Text a viewer or a model will see. No control characters besides newline and tab; lone surrogates are refused. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/u, 'expected text without control characters')
    .refine((value) => value.isWellFormed(), 'expected well-formed Unicode, found a lone surrogate');

export const StoryboardFrame = z.strictObject({
  /** Length of the shot in seconds. */
  seconds: z.number().min(0.5).max(60),
  /** What the shot shows, in words; becomes the prompt. */
  description: text(1_000),
  camera: CameraMove.default('static'),
  caption: text(120).optional(),
});
export type StoryboardFrame = z.infer<typeof StoryboardFrame>;

/** H.264 with 4:2:0 chroma needs even sides; 3840 is the widest a g5 encodes in our time budget. */
const side = z.int().min(128).max(3840).multipleOf(2);
export const OutputSize = z.strictObject({
  width: side,
  height: side,
  fps: z.union([z.literal(12), z.literal(24), z.literal(25), z.literal(30)]).default(24),
});
export type OutputSize = z.infer<typeof OutputSize>;

/** What a person or an app asks for. Version 1 is closed: an unknown key is a mistake we can name. */
export const Brief = z
  .strictObject({
    schema: z.literal('framewright/brief/v1'),
    tenant: TenantId,
    campaign: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected 1-64 of a-z, 0-9 and hyphens'),
    product: z.strictObject({ name: text(120), photo: AssetKey }),
    storyboard: z.array(StoryboardFrame).min(1).max(120),
    brand: z.strictObject({
      palette: z.array(HexColor).min(1).max(8),
      logo: AssetKey.optional(),
      font: z.enum(['Inter']).default('Inter'),
    }),
    /** The first output is the master: poster and contact sheet are made from it. */
    outputs: z
      .array(OutputSize)
      .min(1)
      .max(4)
      .default([{ width: 1280, height: 720, fps: 24 }]),
    /** `final` renders a preview first and, once that is approved, the final; `preview` stops at the preview. */
    tier: z.enum(TIERS).default('final'),
    deadline: z.iso.datetime({ offset: true }).optional(),
    template: TemplateId.default('product-hero'),
    /** Pins what renders; the template's choice, then the deployment's, when left out. */
    components: z.strictObject({ motion: ComponentPin.optional() }).optional(),
    /** A video that shows the wanted mood; frames and loudness are taken from it, it is never published. */
    reference: AssetKey.optional(),
    metadata: z.record(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/), z.string().max(512)).default({}),
  })
  .refine((brief) => brief.storyboard.reduce((sum, frame) => sum + frame.seconds, 0) <= MAX_CLIP_SECONDS, {
    path: ['storyboard'],
    message: `expected at most ${MAX_CLIP_SECONDS} seconds in all shots together`,
  })
  .refine((brief) => new Set(brief.outputs.map((output) => output.fps)).size === 1, {
    path: ['outputs'],
    message: 'expected one frame rate for all outputs of a job',
  });
export type Brief = z.infer<typeof Brief>;
