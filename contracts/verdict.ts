import * as z from 'zod';
import { Sha256 } from './artifact.ts';

export const SAFETY_CATEGORIES = [
  'sexual',
  'minors',
  'violence',
  'hate',
  'self-harm',
  'political',
  'public-figure',
  'brand-ip',
  'dangerous-goods',
  'deception',
  'unchecked',
] as const;
/** `unchecked` is the category of a check that failed: it can only lead to review. */
export const SafetyCategory = z.enum(SAFETY_CATEGORIES);

/** Half-open span of clip time in seconds. */
export const TimeSpan = z.strictObject({ start: z.number().nonnegative(), end: z.number().positive() });

export const SafetyReason = z.strictObject({
  category: SafetyCategory,
  /** Who says so, with its version: `rules@1`, `open-nsfw@1`. */
  voter: z.string().min(1),
  /** 0..1, as the voter gives it. */
  score: z.number().min(0).max(1),
  /** What was seen and where, for a person: `storyboard[2].description: matched "..."`. */
  evidence: z.string().min(1).max(500),
  span: TimeSpan.optional(),
});
export type SafetyReason = z.infer<typeof SafetyReason>;

export const SafetyVerdict = z.strictObject({
  verdict: z.enum(['allow', 'review', 'reject']),
  reasons: z.array(SafetyReason).max(50),
  policy: z.strictObject({ version: z.string().min(1), sha256: Sha256 }),
});
export type SafetyVerdict = z.infer<typeof SafetyVerdict>;
