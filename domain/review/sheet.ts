import { tenantOfJob } from '#contracts/identity';
import { DecideInput, type DecideOutput, type ReviewItem, type Together } from '#contracts/review';
import type { TogetherAnswer, TogetherBody } from '#contracts/review-api';
import { heldByAnother, isOpen } from './claims.ts';
import { decide, type ReviewNeighbours } from './decide.ts';
import { isLike, isPlain, leftOut } from './together.ts';

type Clip = TogetherBody['clips'][number];
/** How it went with one clip, and the question as it stands where somebody decided it. */
export type ClipResult = TogetherAnswer['results'][number] & Pick<DecideOutput, 'item'>;

/**
 * One person's answer about clips that they saw beside `lead`. What they left out is marked before anything is approved: a caller that dies in
 * between leaves fewer approvals, and no rule answers what a person hesitated about. Each approval goes the way of every answer, so it is
 * given once, and one that somebody else gave or holds stops no other. Nothing is taken that is not of the same campaign and look, or that a person has to
 * see alone, whatever the caller says. `name`: who answers; that they may is decided before.
 */
export async function answerTogether(
  lead: ReviewItem,
  { clips, reason }: TogetherBody,
  name: string,
  to: ReviewNeighbours,
): Promise<ClipResult[]> {
  const out = clips.filter(({ approve }) => !approve);
  const together: Together = { lead: lead.jobId, of: clips.length, leftOut: out.length };
  const results: ClipResult[] = [];
  for (const clip of out) results.push({ jobId: clip.jobId, result: await leaveOut(lead, clip, name, to) });
  for (const clip of clips.filter(({ approve }) => approve))
    results.push({ jobId: clip.jobId, ...(await approve(lead, clip, { name, reason, together }, to)) });
  return results;
}

async function approve(
  lead: ReviewItem,
  { jobId, round }: Clip,
  { name, reason, together }: { readonly name: string; readonly reason: string; readonly together: Together },
  to: ReviewNeighbours,
): Promise<Pick<DecideOutput, 'result' | 'item'>> {
  const standing = await previewOf(jobId, to);
  if (!standing || !isOfSheet(lead, standing)) return { result: 'refused' };
  const input = DecideInput.parse({ jobId, subject: 'preview', round, outcome: 'approved', reviewer: name, reason });
  const { result, item } = await decide(input, to, { together });
  return { result, ...(item && { item }) };
}

async function leaveOut(lead: ReviewItem, { jobId, round }: Clip, name: string, to: ReviewNeighbours): Promise<ClipResult['result']> {
  const seen: { result: ClipResult['result'] } = { result: 'refused' };
  await to.reviews.change({ jobId, subject: 'preview', kind: 'decision' }, (item) => {
    const now = to.now();
    seen.result = item ? whyNotLeftOut(lead, item, round, name, now) : 'refused'; // as for one of another campaign: an answer must not tell which jobs exist
    return item && seen.result === 'left-out' && !item.leftOut ? leftOut(item, name, now) : undefined;
  });
  return seen.result;
}

function whyNotLeftOut(lead: ReviewItem, item: ReviewItem, round: number, name: string, now: Date): ClipResult['result'] {
  if (!isLike(lead, item)) return 'refused';
  if (item.round !== round) return 'stale';
  if (!isOpen(item, now)) return item.decision ? 'already-decided' : 'expired';
  return heldByAnother(item, name, now) ? 'claimed' : 'left-out';
}

/** What may be approved on this sheet: the like of its lead, that nobody has to see alone. */
const isOfSheet = (lead: ReviewItem, item: ReviewItem): boolean => isLike(lead, item) && isPlain(item);

const previewOf = async (jobId: string, { reviews }: Pick<ReviewNeighbours, 'reviews'>): Promise<ReviewItem | undefined> =>
  (await reviews.find(tenantOfJob(jobId), jobId)).find(({ subject, kind }) => subject === 'preview' && kind === 'decision');
