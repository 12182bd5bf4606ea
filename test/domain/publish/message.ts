import type { ArtifactRef } from '#contracts/artifact';
import { PublishInput } from '#contracts/publish';
import { type RenderResult, type ReviewDecision, ReviewItem, type ReviewSubject } from '#contracts/review';
import type { Tier } from '#contracts/stages';
import type { Evidence } from '#domain/publish/evidence';
import { verdictText } from '#domain/safety/kept-verdict';
import { plannedComponents } from '../plan/known-components.ts';

export const JOB_ID = `acme_${'4'.repeat(24)}`;
const AT = '2026-11-24T04:00:00.000Z';

export const artifact = (key: string, digit: string): ArtifactRef => ({ bucket: 'artifacts', key, sha256: digit.repeat(64), bytes: 1_000 });

export const decision = (subject: ReviewSubject, over: Partial<ReviewDecision> = {}): ReviewDecision => ({
  subject,
  outcome: 'approved',
  reviewer: 'ada',
  reason: '',
  requestedAt: AT,
  decidedAt: AT,
  ...over,
});

type Verdict = 'allow' | 'review' | 'reject';
const policy = { version: '1', sha256: 'a'.repeat(64) };

export const render = (tier: Tier, verdict: Verdict = 'allow', clips?: RenderResult['post']['clips']): RenderResult => ({
  tier,
  plan: {
    document: artifact('plan.json', 'b'),
    ...plannedComponents,
    shots: 1,
    windows: 1,
    frames: 48,
    fps: 24,
  },
  generate: { batchJobId: 'generate-1', windows: 1 },
  post: {
    clips: clips ?? [{ ref: artifact('clip.mp4', 'c'), output: { width: 320, height: 180, fps: 24 }, frames: 48, seconds: 2 }],
    poster: artifact('poster.png', 'd'),
    contactSheet: artifact('contact-sheet.png', 'e'),
    seams: { joins: 0, repaired: 0, score: 1, unrepaired: 1, drift: 0 },
    batchJobId: 'post-1',
  },
  clipVerdict: {
    verdict,
    reasons: [],
    policy,
    sampledFrames: 4,
    totalFrames: 48,
    covers: [...(clips ?? []).map(({ ref }) => ref.sha256), ...(clips ? [] : ['c'.repeat(64)]), 'd'.repeat(64), 'e'.repeat(64)],
  },
});

const picture = (key: string, digit: string) => ({ ref: artifact(key, digit), width: 640, height: 480 });

/** A job that everybody said yes to; each test changes the one thing it is about. */
export const approvedJob = (over: Partial<PublishInput> = {}): PublishInput =>
  PublishInput.parse({
    job: { jobId: JOB_ID, tenant: 'acme', campaign: 'spring', acceptedAt: AT, brief: artifact('brief.json', '1') },
    prep: {
      photo: picture('photo.png', '2'),
      cutout: picture('cutout.png', '3'),
      thumbnail: picture('thumbnail.png', '4'),
      mask: { source: 'alpha', confidence: 0.99, coverage: 0.3 },
      photoPalette: ['#aa5500'],
    },
    briefVerdict: { verdict: 'allow', reasons: [], policy },
    preview: render('preview'),
    previewDecision: decision('preview', { reviewer: 'rule:low-risk-template' }),
    final: render('final'),
    ...over,
  });

/** The same message without one of its keys, as when the machine took a wrong turn. */
export function without(message: PublishInput, key: 'preview' | 'previewDecision' | 'final'): PublishInput {
  const { [key]: _, ...rest } = message;
  return PublishInput.parse(rest);
}

/** What safety and the review would say if they had said what is in this message. */
export function evidenceFor(message: PublishInput): Evidence {
  const decisions = { brief: message.briefDecision, preview: message.previewDecision, final: message.finalDecision };
  return {
    verdicts: {
      brief: verdictText(message.briefVerdict),
      preview: message.preview && verdictText(message.preview.clipVerdict),
      final: message.final && verdictText(message.final.clipVerdict),
    },
    questions: Object.values(decisions).flatMap((standing) => (standing ? [question(message, standing)] : [])),
  };
}

export const question = ({ job }: Pick<PublishInput, 'job'>, standing: ReviewDecision): ReviewItem =>
  ReviewItem.parse({
    jobId: job.jobId,
    tenant: job.tenant,
    subject: standing.subject,
    status: standing.outcome,
    requestedAt: AT,
    deadlineAt: AT,
    reasons: [],
    decision: standing,
  });
