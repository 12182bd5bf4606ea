import { tenantOfJob } from '#contracts/identity';
import type { PublishInput } from '#contracts/publish';
import type { RenderResult, ReviewDecision, ReviewSubject } from '#contracts/review';
import type { SafetyVerdict } from '#contracts/verdict';
import { canonicalJson } from '#domain/plan/canonical-json';
import { verdictText } from '#domain/safety/kept-verdict';
import { leavingWith } from '#domain/safety/leaving';
import type { Evidence } from './evidence.ts';

export type Gate = { readonly open: true; readonly final: RenderResult } | { readonly open: false; readonly refusals: string[] };

/**
 * The last question before anybody outside can see the clip: did everything that must say yes say yes, about this very clip?
 * The pipeline asked all of this on the way; it is asked again here, of those who said it and not of the message, so that neither a wrong
 * arrow in the machine nor a message that is old, altered or made up can publish.
 */
export function publishGate(message: PublishInput, evidence: Evidence): Gate {
  const { job, briefVerdict, briefDecision, preview, previewDecision, final, finalDecision } = message;
  const refusals = [
    ...(tenantOfJob(job.jobId) === job.tenant ? [] : [`job: expected one of tenant ${job.tenant}, found ${job.jobId}`]),
    ...screened('brief', briefVerdict.verdict, briefDecision),
    ...rendered('preview', preview),
    ...decided('preview', previewDecision),
    ...rendered('final', final),
    ...(final ? screened('final', final.clipVerdict.verdict, finalDecision) : []),
    ...said('brief', briefVerdict, evidence),
    ...(preview ? [...said('preview', preview.clipVerdict, evidence), ...aboutIt(preview)] : []),
    ...(final ? [...said('final', final.clipVerdict, evidence), ...aboutIt(final)] : []),
    ...answered({ brief: briefDecision, preview: previewDecision, final: finalDecision }, job.jobId, evidence),
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

/** The message's verdict is the one that safety kept. */
function said(subject: ReviewSubject, verdict: SafetyVerdict, { verdicts }: Evidence): string[] {
  const kept = verdicts[subject];
  if (kept === undefined) return [`${subject}: expected a verdict that safety kept, found none`];
  return kept === verdictText(verdict) ? [] : [`${subject}: the verdict is not the one that safety gave last`];
}

/** A verdict is about files, by their hashes: another clip needs another verdict. */
function aboutIt({ tier, post, clipVerdict: { covers } }: RenderResult): string[] {
  if (!covers) return [`${tier}: expected a verdict that names the files it is about, found none`];
  const leaving = leavingWith(post);
  return covers.length === leaving.length && covers.every((sha256, index) => sha256 === leaving[index])
    ? []
    : [`${tier}: expected a verdict about the files of this render, found one about others`];
}

/** Decisions are those of the review, and no question of the review stands against them or waits. */
function answered(
  decisions: Readonly<Record<ReviewSubject, ReviewDecision | undefined>>,
  jobId: string,
  { questions }: Evidence,
): string[] {
  const asked = questions.filter(({ kind }) => kind === 'decision');
  const strange = asked
    .filter((question) => question.jobId !== jobId)
    .map(({ subject }) => `${subject}: expected a question about this job`);
  const notOurs = Object.entries(decisions).flatMap(([subject, decision]) => {
    const question = asked.find((item) => item.subject === subject);
    if (!decision) return question ? [`${subject}: the review asked about it (${question.status}) and the message has no decision`] : [];
    if (!question?.decision) return [`${subject}: expected a decision that the review knows, found none`];
    return same(question.decision, decision) ? [] : [`${subject}: the decision is not the one that stands in the review`];
  });
  const against = asked
    .filter(({ status }) => status !== 'approved')
    .map(({ subject, status }) => `${subject}: expected an approved question, found one that is ${status}`);
  return [...strange, ...notOurs, ...against];
}

const same = (one: ReviewDecision, other: ReviewDecision): boolean => Buffer.compare(canonicalJson(one), canonicalJson(other)) === 0;
