import { expect, it } from 'vitest';
import type { PublishInput } from '#contracts/publish';
import type { RenderResult } from '#contracts/review';
import type { Evidence } from '#domain/publish/evidence';
import { publishGate } from '#domain/publish/gate';
import { approvedJob, artifact, decision, evidenceFor, question, render } from './message.ts';

/**
 * Ways to get a clip out that nobody allowed. In each the machine, safety and the review have really said what `truth` says, and somebody
 * calls the publishing function with `message`: a bug, a replay, or a person with the right to invoke it.
 */
const good = approvedJob();
const truth = evidenceFor(good);
const otherJob = `acme_${'5'.repeat(24)}`;
const swapped = (change: (final: RenderResult) => Partial<RenderResult>): PublishInput => {
  const final = render('final');
  return approvedJob({ final: { ...final, ...change(final) } });
};
const rejected = approvedJob({ final: render('final', 'reject') });
const reviewed = approvedJob({ final: render('final', 'review'), finalDecision: decision('final') });

const ATTEMPTS: readonly (readonly [name: string, message: PublishInput, evidence: Evidence, refusal: RegExp])[] = [
  ['the rejected clip itself', rejected, evidenceFor(rejected), /final: safety verdict is reject/],
  ['a forged verdict: reject turned into allow', good, evidenceFor(rejected), /final: the verdict is not the one that safety gave/],
  [
    'a forged verdict and a forged approval on top',
    approvedJob({ finalDecision: decision('final') }),
    evidenceFor(rejected),
    /final: the verdict is not the one.*\n?.*final: expected a decision that the review knows/s,
  ],
  [
    'a forged verdict of the brief',
    good,
    {
      ...truth,
      verdicts: {
        ...truth.verdicts,
        brief: evidenceFor(approvedJob({ briefVerdict: { ...good.briefVerdict, verdict: 'reject' } })).verdicts.brief,
      },
    },
    /brief: the verdict is not/,
  ],
  [
    'a forged verdict of the preview',
    good,
    {
      ...truth,
      verdicts: { ...truth.verdicts, preview: evidenceFor(approvedJob({ preview: render('preview', 'reject') })).verdicts.preview },
    },
    /preview: the verdict is not/,
  ],
  ['a direct call with a message of whole cloth', good, { verdicts: {}, questions: [] }, /expected a verdict that safety kept, found none/],
  [
    'a job that was never screened as final',
    good,
    { ...truth, verdicts: { ...truth.verdicts, final: undefined } },
    /final: expected a verdict that safety kept/,
  ],
  ['the wrong tier: a preview as the final', approvedJob({ final: render('preview') }), truth, /expected a final render, found a preview/],
  [
    'the verdict of another clip',
    swapped(({ post }) => ({ post: { ...post, clips: post.clips.map((clip) => ({ ...clip, ref: artifact('rejected.mp4', '9') })) } })),
    truth,
    /final: expected a verdict about the files of this render/,
  ],
  [
    'one more clip beside the one that was looked at',
    swapped(({ post }) => ({
      post: { ...post, clips: [...post.clips, ...post.clips.map((clip) => ({ ...clip, ref: artifact('rejected.mp4', '9') }))] },
    })),
    truth,
    /final: expected a verdict about the files/,
  ],
  [
    'another picture as its poster',
    swapped(({ post }) => ({ post: { ...post, poster: artifact('rejected.png', '9') } })),
    truth,
    /final: expected a verdict about the files/,
  ],
  [
    'another contact sheet',
    swapped(({ post }) => ({ post: { ...post, contactSheet: artifact('rejected.png', '9') } })),
    truth,
    /final: expected a verdict about the files/,
  ],
  [
    'a verdict of before files were named',
    swapped(({ clipVerdict: { covers: _, ...verdict } }) => ({ clipVerdict: verdict })),
    evidenceFor(swapped(({ clipVerdict: { covers: _, ...verdict } }) => ({ clipVerdict: verdict }))),
    /final: expected a verdict that names the files/,
  ],
  [
    'a clip in doubt without the decision',
    approvedJob({ final: render('final', 'review') }),
    evidenceFor(approvedJob({ final: render('final', 'review') })),
    /final: expected an approval, found no decision/,
  ],
  [
    'a clip in doubt with a decision that nobody made',
    reviewed,
    { ...evidenceFor(reviewed), questions: truth.questions },
    /final: expected a decision that the review knows/,
  ],
  ['a decision about something else', approvedJob({ previewDecision: decision('brief') }), truth, /found one about brief/],
  [
    'the decision of another job',
    good,
    { ...truth, questions: truth.questions.map((item) => ({ ...item, jobId: otherJob })) },
    /expected a question about this job/,
  ],
  [
    'the approval of an earlier round',
    approvedJob({ previewDecision: decision('preview', { round: 1 }) }),
    { ...truth, questions: [question(good, decision('preview', { round: 2 }))] },
    /the decision is not the one that stands/,
  ],
  [
    'a refusal turned into an approval',
    good,
    { ...truth, questions: [question(good, decision('preview', { outcome: 'rejected' }))] },
    /preview: .*rejected/s,
  ],
  [
    'somebody else as the reviewer',
    good,
    { ...truth, questions: [question(good, decision('preview', { reviewer: 'grace' }))] },
    /the decision is not the one that stands/,
  ],
  [
    'a stale message: the question was asked again since',
    good,
    { ...truth, questions: truth.questions.map((item) => ({ ...item, status: 'waiting' as const })) },
    /expected an approved question, found one that is waiting/,
  ],
  [
    'a stale message: it was sent back for rework',
    good,
    { ...truth, questions: truth.questions.map((item) => ({ ...item, status: 'rework' as const })) },
    /found one that is rework/,
  ],
  [
    'a stale message: the question ran out',
    good,
    { ...truth, questions: truth.questions.map((item) => ({ ...item, status: 'expired' as const })) },
    /found one that is expired/,
  ],
  [
    'a message that leaves out the question about the final',
    good,
    { ...truth, questions: [...truth.questions, question(good, decision('final', { outcome: 'rejected' }))] },
    /final: the review asked about it \(rejected\)/,
  ],
  [
    'a stale message: another clip was rendered and screened since',
    good,
    evidenceFor(swapped(({ clipVerdict }) => ({ clipVerdict: { ...clipVerdict, sampledFrames: 5 } }))),
    /final: the verdict is not the one that safety gave last/,
  ],
  ['a job in the name of another tenant', { ...good, job: { ...good.job, tenant: 'rival' } }, truth, /expected one of tenant rival/],
];

it('opens for the message that is true', () => expect(publishGate(good, truth).open).toBe(true));
it('opens for a clip in doubt that a person really approved', () => expect(publishGate(reviewed, evidenceFor(reviewed)).open).toBe(true));

it.each(ATTEMPTS)('does not let out %s', (_, message, evidence, refusal) => {
  const gate = publishGate(message, evidence);
  expect(gate.open).toBe(false);
  expect(gate.open ? '' : gate.refusals.join('\n')).toMatch(refusal);
});
