import * as z from 'zod';
import { JobId, tenantOfJob } from '#contracts/identity';
import { type ReviewItem, ReviewKind, ReviewSubject } from '#contracts/review';
import { type BulkAnswer, BulkBody, type ClaimOutput, type DecisionAnswer, DecisionBody, type Me } from '#contracts/review-api';
import type { ReviewKey, ReviewStore } from '#domain/ports';
import { isAtLeast, missingSkills, sees } from '#domain/review/access';
import { decide, type ReviewNeighbours } from '#domain/review/decide';
import { claim, release } from '#domain/review/room';
import { measureAnswer } from './answer-metrics.ts';
import { Problem, problem } from './api-answer.ts';
import type { ApiRequest } from './api-request.ts';

/** Which question an address names. */
export const Which = z.object({ jobId: JobId, subject: ReviewSubject, kind: ReviewKind });

/** One answer for what is not there and for what is somebody else's: an address must not tell which jobs exist. */
export const notFound = ({ jobId, subject, kind }: ReviewKey): Problem =>
  problem(404, 'Review.NotFound', `expected a review of job ${jobId} about its ${subject} (${kind}), found none`);

/** The question, for somebody who may see it. */
export async function find(which: ReviewKey, me: Me, reviews: Pick<ReviewStore, 'find'>): Promise<ReviewItem> {
  const tenant = tenantOfJob(which.jobId);
  const items = sees(me, tenant) ? await reviews.find(tenant, which.jobId) : [];
  const item = items.find(({ subject, kind }) => subject === which.subject && kind === which.kind);
  if (!item) throw notFound(which);
  return item;
}

/** The same, for somebody who may work on it. */
async function findToAnswer(which: ReviewKey, me: Me, reviews: Pick<ReviewStore, 'find'>): Promise<ReviewItem> {
  const item = await find(which, me, reviews);
  const missing = missingSkills(me, item);
  if (missing.length > 0)
    throw problem(403, 'Skill.Missing', `expected somebody trained for ${missing.join(', ')}; a colleague has to take it`);
  return item;
}

/** Takes a question or gives it back. Being second is an answer, not an error. */
export async function answerClaim(which: ReviewKey, me: Me, change: typeof claim, to: ReviewNeighbours): Promise<ClaimOutput> {
  await findToAnswer(which, me, to.reviews);
  return change(which, me, to);
}

export async function answerDecision(which: ReviewKey, me: Me, body: DecisionBody, to: ReviewNeighbours): Promise<DecisionAnswer> {
  await findToAnswer(which, me, to.reviews);
  const decided = await decide({ ...body, ...which, reviewer: me.name }, to);
  measureAnswer(decided);
  const { item, ...output } = decided;
  return item ? { ...output, item: withoutDossier(item) } : output;
}

const withoutDossier = ({ dossier: _, ...item }: ReviewItem) => item;

/** So many at once keep the table busy without crowding it; a hundred take about a second. */
const SIDE_BY_SIDE = 10;

/** Each item gets an answer of its own; one that cannot be done stops no other. */
export async function answerBulk({ me, body }: ApiRequest, to: ReviewNeighbours): Promise<BulkAnswer> {
  if (!isAtLeast(me, 'lead')) throw problem(403, 'Role.Missing', `expected a lead or an admin, found ${me.role}; answer them one by one`);
  const { action, items, reason } = body(BulkBody);
  const one = async (which: BulkBody['items'][number]): Promise<BulkAnswer['results'][number]> => {
    try {
      return { ...which, result: await resultOf(which, me, { action, reason }, to) };
    } catch (error) {
      if (error instanceof Problem) return { ...which, result: error.statusCode === 404 ? 'not-found' : 'refused' };
      throw error;
    }
  };
  const results: BulkAnswer['results'] = [];
  for (let start = 0; start < items.length; start += SIDE_BY_SIDE)
    results.push(...(await Promise.all(items.slice(start, start + SIDE_BY_SIDE).map(one))));
  return { results };
}

async function resultOf(
  { round, ...which }: BulkBody['items'][number],
  me: Me,
  { action, reason }: Pick<BulkBody, 'action' | 'reason'>,
  to: ReviewNeighbours,
): Promise<BulkAnswer['results'][number]['result']> {
  if (action === 'approve' || action === 'reject') {
    const outcome = action === 'approve' ? 'approved' : 'rejected';
    return (await answerDecision(which, me, DecisionBody.parse({ outcome, round, reason }), to)).result;
  }
  const item = await findToAnswer(which, me, to.reviews);
  if (item.round !== round) return 'stale';
  return (await (action === 'claim' ? claim : release)(which, me, to)).result;
}
