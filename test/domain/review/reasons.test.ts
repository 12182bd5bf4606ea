import { expect, it } from 'vitest';
import { reasonsToAsk } from '#domain/review/reasons';
import { briefRequest, previewRequest } from './world.ts';

it('says that the mask is doubtful, with the number and the limit', () => {
  const { message } = previewRequest;
  const doubtful = { ...message, prep: { ...message.prep, mask: { ...message.prep.mask, confidence: 0.42 } } };
  expect(reasonsToAsk({ subject: 'preview', template: 'product-hero', message: doubtful })[0]).toContain('confidence 0.42 is below 0.75');
});

it('says when in the clip something was seen', () => {
  const { message } = previewRequest;
  const reason = {
    category: 'sexual' as const,
    voter: 'open-nsfw@1',
    score: 0.6,
    evidence: 'frame 24 scored 0.60',
    span: { start: 1, end: 1.5 },
  };
  const preview = message.preview && {
    ...message.preview,
    clipVerdict: { ...message.preview.clipVerdict, verdict: 'review' as const, reasons: [reason] },
  };
  const asked = { subject: 'preview' as const, template: 'product-hero' as const, message: preview ? { ...message, preview } : message };
  expect(reasonsToAsk(asked)[0]).toBe('The clip may be sexual from 1.0 s to 1.5 s: frame 24 scored 0.60 (open-nsfw@1).');
});

it('sums up what no reviewer would read to the end', () => {
  const [reason] = briefRequest.message.briefVerdict.reasons;
  const message = { ...briefRequest.message, briefVerdict: { ...briefRequest.message.briefVerdict, reasons: Array(30).fill(reason) } };
  const reasons = reasonsToAsk({ subject: 'brief', template: 'product-hero', message });
  expect(reasons).toHaveLength(20);
  expect(reasons.at(-1)).toBe('11 more reasons are in the verdict.');
});
