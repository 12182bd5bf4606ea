import type { SafetyCategory } from '#contracts/verdict';

interface ReviewPolicy {
  /** Two different people have to approve what was found doubtful here: one person's blind spot must not publish it. */
  readonly secondReviewer: readonly SafetyCategory[];
  /** A wrong approval harms people or breaks a law, so the risk is high whatever the score says. */
  readonly highRisk: readonly SafetyCategory[];
  /** Never answered by a rule, even when the verdict is `allow` and only a hint was found. */
  readonly alwaysPerson: readonly SafetyCategory[];
}

/** Who has to look, as data. What a category is found by is the safety policy's business. */
export const REVIEW_POLICY: ReviewPolicy = {
  secondReviewer: ['minors', 'public-figure', 'political', 'hate', 'self-harm'],
  highRisk: ['minors', 'sexual', 'hate', 'self-harm'],
  alwaysPerson: ['minors', 'sexual', 'hate', 'self-harm', 'political', 'public-figure', 'dangerous-goods', 'unchecked'],
};
