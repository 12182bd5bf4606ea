import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewDecision } from '#contracts/review';
import { publishGate } from '#domain/publish/gate';
import { approvedJob, decision, evidenceFor, render, without } from './message.ts';

const refusals = (message: Parameters<typeof publishGate>[0]): string => {
  const gate = publishGate(message, evidenceFor(message));
  return gate.open ? '' : gate.refusals.join('\n');
};

const verdict = fc.constantFrom('allow' as const, 'review' as const, 'reject' as const);
const maybe = (subject: 'brief' | 'preview' | 'final') =>
  fc.option(
    fc.constantFrom('approved' as const, 'rejected' as const).map((outcome) => decision(subject, { outcome })),
    { nil: undefined },
  );

describe('the gate before publishing', () => {
  it('opens for a job that everybody said yes to', () => {
    expect(publishGate(approvedJob(), evidenceFor(approvedJob()))).toMatchObject({ open: true, final: { tier: 'final' } });
  });

  it('never opens past a rejection, an unanswered doubt or a missing approval, whatever else is said', () => {
    const says = (given: ReviewDecision | undefined, needed: boolean) => (given ? given.outcome === 'approved' : !needed);
    fc.assert(
      fc.property(
        fc.record({ brief: verdict, preview: verdict, final: verdict }),
        fc.record({ brief: maybe('brief'), preview: maybe('preview'), final: maybe('final') }),
        (verdicts, decisions) => {
          const message = approvedJob({
            briefVerdict: { ...approvedJob().briefVerdict, verdict: verdicts.brief },
            briefDecision: decisions.brief,
            preview: render('preview', verdicts.preview),
            previewDecision: decisions.preview,
            final: render('final', verdicts.final),
            finalDecision: decisions.final,
          });
          const mayPublish =
            Object.values(verdicts).every((word) => word !== 'reject') &&
            says(decisions.brief, verdicts.brief === 'review') &&
            says(decisions.preview, true) &&
            says(decisions.final, verdicts.final === 'review');
          expect(publishGate(message, evidenceFor(message)).open).toBe(mayPublish);
        },
      ),
    );
  });

  it('refuses a job whose preview nobody approved, and says so', () => {
    expect(refusals(without(approvedJob(), 'previewDecision'))).toContain('preview: expected an approval, found no decision');
  });

  it('refuses a preview that is passed off as the final', () => {
    expect(refusals(approvedJob({ final: render('preview') }))).toContain('expected a final render, found a preview render');
  });

  it('refuses an approval that was given to something else', () => {
    expect(refusals(approvedJob({ previewDecision: decision('brief') }))).toContain('found one about brief');
  });

  it('refuses when there is nothing to publish', () => {
    expect(refusals(without(approvedJob(), 'final'))).toContain('final: expected a finished render, found none');
  });

  it('names everything that stands in the way, not only the first thing', () => {
    const message = without(
      approvedJob({ finalDecision: decision('final', { outcome: 'rejected', reviewer: 'grace' }) }),
      'previewDecision',
    );
    expect(refusals(message).split('\n').length).toBeGreaterThanOrEqual(2);
    expect(refusals(message)).toContain('grace rejected it');
  });
});
