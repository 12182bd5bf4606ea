import type { PublishInput } from '#contracts/publish';
import type { RenderResult, ReviewDecision, ReviewSubject } from '#contracts/review';

export type Gate = { readonly open: true; readonly final: RenderResult } | { readonly open: false; readonly refusals: string[] };

/**
 * The last question before anybody outside can see the clip: did everything that must say yes say yes?
 * The pipeline asked all of this on the way; it is asked again here, so that a wrong arrow in the machine cannot publish.
 */
export function publishGate(message: PublishInput): Gate {
  const { briefVerdict, briefDecision, preview, previewDecision, final, finalDecision } = message;
  const refusals = [
    ...screened('brief', briefVerdict.verdict, briefDecision),
    ...rendered('preview', preview),
    ...decided('preview', previewDecision),
    ...rendered('final', final),
    ...(final ? screened('final', final.clipVerdict.verdict, finalDecision) : []),
  ];
  return final && refusals.length === 0 ? { open: true, final } : { open: false, refusals };
}

/** A `reject` is never published, a `review` only with an approval; a decision that was made binds even when nobody had to ask. */
function screened(subject: ReviewSubject, verdict: 'allow' | 'review' | 'reject', decision: ReviewDecision | undefined): string[] {
  if (verdict === 'reject') return [`${subject}: safety verdict is reject`];
  return verdict === 'review' || decision ? decided(subject, decision) : [];
}

function decided(subject: ReviewSubject, decision: ReviewDecision | undefined): string[] {
  if (!decision) return [`${subject}: expected an approval, found no decision`];
  if (decision.subject !== subject) return [`${subject}: expected a decision about it, found one about ${decision.subject}`];
  if (decision.outcome === 'approved') return [];
  return [`${subject}: ${decision.reviewer} ${decision.outcome === 'rework' ? 'sent it back' : 'rejected it'}`];
}

function rendered(tier: 'preview' | 'final', render: RenderResult | undefined): string[] {
  if (!render) return [`${tier}: expected a finished render, found none`];
  if (render.tier !== tier) return [`${tier}: expected a ${tier} render, found a ${render.tier} render`];
  return tier === 'preview' && render.clipVerdict.verdict === 'reject' ? ['preview: safety verdict is reject'] : [];
}
