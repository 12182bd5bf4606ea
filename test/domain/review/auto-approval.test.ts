import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReviewSubject } from '#contracts/review';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { LEAST_CONFIDENCE } from '#domain/prep/mask-confidence';
import { requestDecision } from '#domain/review/ask';
import { AUTO_APPROVAL_RULES, ruleFor } from '#domain/review/auto-approval';
import { REVIEW_POLICY } from '#domain/review/policy';
import type { Question } from '#domain/review/question';
import { needsSecondReviewer } from '#domain/review/risk';
import { briefRequest, of, previewRequest, reviewWorld } from './world.ts';

it('approves an allowed preview of the low-risk template at once, in its own name', async () => {
  const world = reviewWorld();
  const item = await requestDecision(previewRequest, of('low-risk-loop'), world.neighbours);
  expect(item).toMatchObject({ status: 'approved', decision: { reviewer: 'rule:low-risk-loop', outcome: 'approved' } });
  expect(world.answer()).toEqual(item.decision);
  expect(world.told().map(({ type }) => type)).toEqual(['review.requested', 'review.decided']);
  expect(await world.reviews.waiting()).toEqual([]);
});

it('is healed by the retry when the rule died before it could wake the machine', async () => {
  const world = reviewWorld();
  const broken = { succeed: () => Promise.reject(new Error('died')) };
  await expect(requestDecision(previewRequest, of('low-risk-loop'), { ...world.neighbours, tokens: broken })).rejects.toThrow('died');
  await requestDecision(previewRequest, of('low-risk-loop'), world.neighbours);
  expect(world.answer()).toMatchObject({ reviewer: 'rule:low-risk-loop' });
});

it('never decides about a brief', async () => {
  const world = reviewWorld(briefRequest);
  expect((await requestDecision(briefRequest, of('low-risk-loop'), world.neighbours)).status).toBe('waiting');
});

const verdict = fc.constantFrom('allow' as const, 'review' as const, 'reject' as const);
const question: fc.Arbitrary<Question> = fc
  .record({
    subject: fc.constantFrom(...ReviewSubject.options),
    template: fc.constantFrom('product-hero' as const, 'low-risk-loop' as const),
    brief: verdict,
    clip: verdict,
    sampled: fc.constantFrom(0, 15),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    rendered: fc.boolean(),
  })
  .map(({ subject, template, brief, clip, sampled, confidence, rendered }) => {
    const { message } = previewRequest;
    const preview = message.preview && {
      ...message.preview,
      clipVerdict: { ...message.preview.clipVerdict, verdict: clip, sampledFrames: sampled },
    };
    const { preview: _, ...unrendered } = message;
    const judged = {
      ...unrendered,
      briefVerdict: { ...message.briefVerdict, verdict: brief },
      prep: { ...message.prep, mask: { ...message.prep.mask, confidence } },
    };
    return { subject, template, message: rendered && preview ? { ...judged, preview, final: preview } : judged };
  });

it('says yes exactly when template, both verdicts, a look at the clip and the mask all say yes, and only to a preview', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const clip = asked.message.preview?.clipVerdict;
      const harmless =
        asked.subject === 'preview' &&
        asked.template === 'low-risk-loop' &&
        asked.message.briefVerdict.verdict === 'allow' &&
        clip?.verdict === 'allow' &&
        clip.sampledFrames > 0 &&
        asked.message.prep.mask.confidence >= LEAST_CONFIDENCE;
      expect(ruleFor(asked)?.name).toBe(harmless ? 'low-risk-loop' : undefined);
    }),
    { numRuns: 1000 },
  );
});

it('holds back what a check doubted even when the rules are written too wide', () => {
  const everything = {
    name: 'everything',
    subjects: ReviewSubject.options,
    templates: ['product-hero', 'low-risk-loop'] as const,
    because: 'a mistake',
    version: 1,
    conditions: { maxClipSeconds: Number.POSITIVE_INFINITY, briefs: ['allowed', 'settled'] as const },
    auditShare: 0.05,
  };
  fc.assert(
    fc.property(question, (asked) => {
      if (ruleFor(asked, new Set(), [everything]) === undefined) return;
      expect(asked.message.briefVerdict.verdict).toBe('allow');
      expect((asked.subject === 'final' ? asked.message.final : asked.message.preview)?.clipVerdict.verdict).toBe('allow');
    }),
  );
});

it('never answers what is of high risk or kept for people, whatever the verdict and the rules say', () => {
  const rules = AUTO_APPROVAL_RULES.map((rule) => ({ ...rule, name: 'everything', subjects: ReviewSubject.options }));
  const { message } = previewRequest;
  for (const category of SAFETY_CATEGORIES) {
    const reasons = [{ category, voter: 'open-nsfw@1', score: 0.1, evidence: 'a hint' }];
    const asked: Question = {
      ...{ subject: 'preview', template: 'low-risk-loop' },
      message: { ...message, briefVerdict: { ...message.briefVerdict, reasons } },
    };
    const kept = [...REVIEW_POLICY.alwaysPerson, ...REVIEW_POLICY.highRisk].includes(category);
    expect(ruleFor(asked, new Set(), rules)?.name, category).toBe(kept ? undefined : 'everything');
    expect(needsSecondReviewer(asked)).toBe([...REVIEW_POLICY.secondReviewer, ...REVIEW_POLICY.highRisk].includes(category));
  }
});

it('never answers what a person sent back before, a long clip, or a question of a suspended rule', () => {
  const asked: Question = { subject: 'preview', template: 'low-risk-loop', message: previewRequest.message };
  expect(ruleFor(asked)?.name).toBe('low-risk-loop');
  expect(ruleFor(asked, new Set(['low-risk-loop']))).toBeUndefined();
  const { message } = previewRequest;
  expect(ruleFor({ ...asked, message: { ...message, rework: { take: 2, shots: [{ shot: 0, take: 2 }] } } })).toBeUndefined();
  const preview = message.preview && { ...message.preview, plan: { ...message.preview.plan, frames: 61 * message.preview.plan.fps } };
  expect(ruleFor({ ...asked, message: { ...message, ...(preview && { preview }) } })).toBeUndefined();
});

it('has rules about previews only', () => {
  expect(AUTO_APPROVAL_RULES.flatMap(({ subjects }) => subjects).every((subject) => subject === 'preview')).toBe(true);
});
