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
  'third-party-watermark',
  'dangerous-goods',
  'deception',
  'unchecked',
] as const;
/** `unchecked` is the category of a check that failed: it can only lead to review. */
export const SafetyCategory = z.enum(SAFETY_CATEGORIES);
export type SafetyCategory = z.infer<typeof SafetyCategory>;

/** Half-open span of clip time in seconds. */
export const TimeSpan = z.strictObject({ start: z.number().nonnegative(), end: z.number().positive() });

/** Part of a picture, from its upper left corner, as shares of its width and height. */
export const Box = z.strictObject({
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  width: z.number().min(0).max(1),
  height: z.number().min(0).max(1),
});
export type Box = z.infer<typeof Box>;

/** One opinion of one voter about one category. */
export const SafetyVote = z.strictObject({
  category: SafetyCategory,
  /** 0..1, higher is worse, on the voter's own scale: the policy knows what it means. */
  score: z.number().min(0).max(1),
  /** What was seen and where, for a person: `storyboard[2].description: matched "..."`. */
  evidence: z.string().min(1).max(500),
  /** When in the clip; absent for a brief or a single picture. */
  span: TimeSpan.optional(),
  /** Where in the picture. */
  box: Box.optional(),
  /** The rule that matched, where the voter has rules. */
  rule: z.string().min(1).max(64).optional(),
  /** Who or what was recognised, as the voter names it: consents are found by it. */
  entity: z.string().min(1).max(120).optional(),
});
export type SafetyVote = z.infer<typeof SafetyVote>;

/** A vote that the policy found worth telling. */
export const SafetyReason = SafetyVote.extend({
  /** Who says so, with its version: `rules@1`, `open-nsfw@1`. */
  voter: z.string().min(1),
});
export type SafetyReason = z.infer<typeof SafetyReason>;

/** How one voter did its duty, whatever it found: a console shows who looked, and how sure each was. */
export const Ballot = z.strictObject({
  voter: z.string().min(1),
  status: z.enum(['voted', 'failed', 'timed-out', 'garbled']),
  /** Highest score by category; a category that is absent was not judged. */
  highest: z.partialRecord(SafetyCategory, z.number().min(0).max(1)),
  /** Texts, pictures or frames that it judged. */
  judged: z.int().nonnegative(),
});
export type Ballot = z.infer<typeof Ballot>;

export const SafetyVerdict = z.strictObject({
  verdict: z.enum(['allow', 'review', 'reject']),
  reasons: z.array(SafetyReason).max(50),
  /** One a voter that was asked. Verdicts of before ballots were kept have none. */
  ballots: z.array(Ballot).max(20).optional(),
  policy: z.strictObject({ version: z.string().min(1), sha256: Sha256 }),
});
export type SafetyVerdict = z.infer<typeof SafetyVerdict>;
