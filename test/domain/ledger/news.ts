import * as fc from 'fast-check';
import { type LifecycleEvent, sequenceOf } from '#contracts/events';
import { microUsd } from '#contracts/money';
import { VISITS } from '#contracts/stages';
import type { JobNews } from '#domain/ledger/execution';

export const TENANT = 'acme';
export const JOB = `${TENANT}_0123456789abcdef01234567`;
const START = Date.parse('2026-11-24T10:00:00.000Z');

export const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
const base = (key: string, sequence: number, seconds: number) => ({
  schemaVersion: 1 as const,
  idempotencyKey: key,
  sequence,
  at: at(seconds),
  tenant: TENANT,
  jobId: JOB,
});

export const accepted = (seconds = 0): LifecycleEvent => ({
  ...base('accepted', sequenceOf('intake', 'completed'), seconds),
  type: 'brief.accepted',
  campaign: 'spring',
  briefKey: `${TENANT}/spring/brief.json`,
  clipSeconds: 15,
  tier: 'final',
  template: 'product-hero',
});
export const parked = (until: number, missing: string[], seconds = 0): LifecycleEvent => ({
  ...base(`parked-${until}`, sequenceOf('intake', 'requested'), seconds),
  type: 'brief.parked',
  briefKey: `${TENANT}/spring/brief.json`,
  missing,
  until: at(until),
});
export const briefRejected = (seconds = 0): LifecycleEvent => ({
  ...base('rejected', sequenceOf('intake', 'concluded'), seconds),
  type: 'brief.rejected',
  briefKey: `${TENANT}/spring/brief.json`,
  problems: [{ path: 'outputs[0].width', expected: 'an even number', found: '1281' }],
});
export const started = (visit: (typeof VISITS)[number], seconds: number, take = 1): LifecycleEvent => ({
  ...base(`started-${visit}-${seconds}-${take}`, sequenceOf(visit, 'started', { take }), seconds),
  type: 'stage.started',
  visit,
});
export const progressed = (
  visit: (typeof VISITS)[number],
  part: number,
  parts: number,
  percent: number,
  seconds: number,
  take = 1,
): LifecycleEvent => ({
  ...base(`progressed-${visit}-${part}-${percent}-${seconds}-${take}`, sequenceOf(visit, 'progressed', { percent, take }), seconds),
  type: 'stage.progressed',
  visit,
  part,
  parts,
  percent,
  component: { id: 'animatic', version: '1.0.0' },
});
const usage = (requestId: string) => ({ kind: 'lambda' as const, requestId, memoryMb: 512, milliseconds: 120 });
export const completed = (visit: (typeof VISITS)[number], seconds: number, take = 1): LifecycleEvent => ({
  ...base(`completed-${visit}-${seconds}-${take}`, sequenceOf(visit, 'completed', { take }), seconds),
  type: 'stage.completed',
  visit,
  campaign: 'spring',
  step: `${visit}.step`,
  usage: usage(`request-${visit}-${seconds}`),
});
export const failed = (visit: (typeof VISITS)[number], seconds: number): LifecycleEvent => ({
  ...base(`failed-${visit}-${seconds}`, sequenceOf(visit, 'failed'), seconds),
  type: 'stage.failed',
  visit,
  campaign: 'spring',
  step: `${visit}.step`,
  usage: usage(`request-failed-${visit}-${seconds}`),
  error: 'Asset.Rejected',
  cause: 'photo: expected a picture, found a video',
});
export const attemptFailed = (visit: (typeof VISITS)[number], seconds: number, attempt = 1): LifecycleEvent => ({
  ...base(`attempt-failed-${visit}-${attempt}`, sequenceOf(visit, 'failed'), seconds),
  type: 'attempt.failed',
  visit,
  part: 0,
  component: { id: 'post', version: '1.0.0' },
  batchJobId: 'batch-1',
  attempt,
  exitCode: 65,
  error: 'Seam.Visible',
  cause: 'shot 1 frame 24: expected a join that scores at most 1.05 (1.5 at worst), found 2.1 after repair, 3 before',
});
/** Whose question it was. */
const about = { campaign: 'spring', template: 'product-hero', acceptedAt: at(0) };
export const requested = (subject: 'brief' | 'preview' | 'final', seconds: number, take = 1): LifecycleEvent => ({
  ...base(`requested-${subject}-${take}`, sequenceOf(`review:${subject}`, 'requested', { take }), seconds),
  type: 'review.requested',
  subject,
  deadlineAt: at(seconds + 3600),
  reasons: ['new template'],
  ...(take > 1 && { round: take }),
  about,
});
export const decided = (subject: 'brief' | 'preview' | 'final', seconds: number, take = 1): LifecycleEvent => ({
  ...base(`decided-${subject}-${take}`, sequenceOf(`review:${subject}`, 'decided', { take }), seconds),
  type: 'review.decided',
  decision: {
    ...{ subject, outcome: 'approved', reviewer: 'ada', reason: '', requestedAt: at(seconds - 1), decidedAt: at(seconds) },
    ...(take > 1 && { round: take }),
  },
  about,
});
/** Take `take` is sent back: these shots are rendered again. */
export const sentBack = (subject: 'preview' | 'final', shots: readonly number[], seconds: number, take = 1): LifecycleEvent => {
  const event = decided(subject, seconds, take);
  const rework = { take: take + 1, shots: shots.map((shot) => ({ shot, take: take + 1 })) };
  return event.type === 'review.decided' ? { ...event, decision: { ...event.decision, outcome: 'rework', rework } } : event;
};
const ref = { bucket: 'deliverables', key: 'tenants/acme/clip.mp4', sha256: 'a'.repeat(64), bytes: 10 };
export const published = (seconds: number, take = 1): LifecycleEvent => ({
  ...base(`published-${seconds}-${take}`, sequenceOf('publish', 'concluded', { take }), seconds),
  type: 'job.published',
  publication: {
    publishedAt: at(seconds),
    clips: [{ ref, output: { width: 1280, height: 720, fps: 24 }, seconds: 15 }],
    poster: ref,
    contactSheet: ref,
    renderedSeconds: 15,
    signature: { alg: 'es256', signer: 'Framewright', state: 'Trusted', manifestLabel: 'urn:c2pa:1' },
  },
});
export const concluded = (outcome: 'previewed' | 'rejected', seconds: number, gpuMicroUsd?: number): LifecycleEvent => ({
  ...base(`concluded-${outcome}`, sequenceOf('review:preview', 'concluded'), seconds),
  type: 'job.concluded',
  outcome,
  reason: `${outcome} by ada`,
  ...(gpuMicroUsd !== undefined && { gpuCostAvoidedMicroUsd: microUsd(gpuMicroUsd) }),
});
export const executionEndedNews = (outcome: 'failed' | 'canceled', seconds: number): JobNews => ({
  type: 'execution.ended',
  jobId: JOB,
  tenant: TENANT,
  at: at(seconds),
  outcome,
  reason: `execution ${outcome}`,
});

/** A happy job from brief to clip, in the order in which things happen. */
export const happyLife: readonly LifecycleEvent[] = [
  accepted(0),
  started('prep', 1),
  completed('prep', 2),
  started('plan:preview', 3),
  completed('plan:preview', 4),
  progressed('generate:preview', 0, 2, 50, 5),
  progressed('generate:preview', 1, 2, 100, 6),
  completed('generate:preview', 7),
  requested('preview', 8),
  completed('review:preview', 9),
  decided('preview', 20),
  started('publish', 30),
  published(31),
  completed('publish', 32),
];

/** A job whose preview goes back once for its second shot. */
export const reworkedLife: readonly LifecycleEvent[] = [
  ...happyLife.slice(0, 10),
  sentBack('preview', [1], 20),
  started('plan:preview', 21, 2),
  completed('plan:preview', 22, 2),
  progressed('generate:preview', 0, 2, 100, 23, 2),
  progressed('generate:preview', 1, 2, 40, 24, 2),
  completed('generate:preview', 25, 2),
  requested('preview', 26, 2),
  completed('review:preview', 26.5, 2),
  decided('preview', 40, 2),
  started('plan:final', 41, 2),
  completed('post:final', 50, 2),
  started('publish', 51, 2),
  published(52, 2),
  completed('publish', 53, 2),
];

const take = fc.integer({ min: 1, max: 3 });
const visit = fc.constantFrom(...VISITS);
const second = fc.integer({ min: 0, max: 1000 });
const subject = fc.constantFrom('brief' as const, 'preview' as const, 'final' as const);
/** Anything the ledger may hear about one job. */
export const news: fc.Arbitrary<JobNews> = fc.oneof(
  second.map(accepted),
  fc.tuple(second, second).map(([until, when]) => parked(until, ['assets/photo.png'], when)),
  second.map(briefRejected),
  fc.tuple(visit, second, take).map(([v, s, t]) => started(v, s, t)),
  fc.tuple(visit, second, take).map(([v, s, t]) => completed(v, s, t)),
  fc.tuple(visit, second).map(([v, s]) => failed(v, s)),
  fc.tuple(visit, second).map(([v, s]) => attemptFailed(v, s)),
  fc
    .tuple(visit, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 100 }), second, take)
    .map(([v, part, percent, s, t]) => progressed(v, part, 5, percent, s, t)),
  fc.tuple(subject, second, take).map(([s, when, t]) => requested(s, when, t)),
  fc.tuple(subject, second, take).map(([s, when, t]) => decided(s, when, t)),
  fc.tuple(second, take).map(([when, t]) => sentBack('preview', [0], when, t)),
  second.map(published),
  fc.tuple(fc.constantFrom('previewed' as const, 'rejected' as const), second).map(([o, s]) => concluded(o, s)),
  fc.tuple(fc.constantFrom('failed' as const, 'canceled' as const), second).map(([o, s]) => executionEndedNews(o, s)),
);

/** The same list in another order, some of it twice. */
export const disturbed = <T>(list: readonly T[]): fc.Arbitrary<T[]> =>
  fc
    .tuple(fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }), fc.subarray([...list]))
    .chain(([all, copies]) =>
      fc.shuffledSubarray([...all, ...copies], { minLength: all.length + copies.length, maxLength: all.length + copies.length }),
    );
