import { ReviewDossier, type ReviewItem } from '#contracts/review';
import { type Me, type TogetherAnswer, type TogetherBody, TogetherView } from '#contracts/review-api';
import type { MediaLinks, Now } from '#domain/ports';
import { missingSkills } from '#domain/review/access';
import type { ReviewNeighbours } from '#domain/review/decide';
import { masterOf, mediaOf, ownRef, renderOf } from '#domain/review/media';
import { entryOf } from '#domain/review/queue-page';
import { answerTogether } from '#domain/review/sheet';
import { togetherWith } from '#domain/review/together';
import { parse } from '../parse.ts';
import { measureSheet } from './answer-metrics.ts';
import { problem } from './api-answer.ts';
import type { Documents } from './api-detail.ts';
import type { Waiting } from './api-queue.ts';

/** How many others this person may answer in one look with the question. */
export async function countBeside(item: ReviewItem, me: Me, waiting: Waiting, now: Now): Promise<number> {
  return Math.max(0, togetherWith(item, await waiting.ranked(), me.name, now()).length - 1);
}

/** The question and its like, for somebody who may see it; all of one tenant, since only that is alike. */
export async function showTogether(
  lead: ReviewItem,
  me: Me,
  waiting: Waiting,
  documents: Documents,
  { links, now }: { readonly links: MediaLinks; readonly now: Now },
): Promise<TogetherView> {
  const at = now();
  const items = togetherWith(lead, await waiting.ranked(), me.name, at);
  const clips = await Promise.all(items.map((item) => clipOf(item, me, at, documents, links)));
  return parse(TogetherView, { at: at.toISOString(), clips: clips.filter((one) => one !== undefined) }, 'clips side by side');
}

/** `undefined` for a row of before it was kept what a question is about: it is answered by itself. */
async function clipOf(item: ReviewItem, me: Me, at: Date, documents: Documents, { link }: MediaLinks) {
  if (!item.dossier) return undefined;
  const dossier = await documents(ReviewDossier, ownRef(item, item.dossier));
  const render = renderOf(dossier);
  const media = mediaOf(dossier, item);
  if (!render || !media.clip) return undefined;
  const { output, frames, seconds } = masterOf(render);
  const [url, poster, photo] = await Promise.all([link(media.clip), media.poster && link(media.poster), link(media.photo)]);
  const { width, height, fps } = output;
  return { entry: entryOf(item, me, at), clip: { url, width, height, fps, frames, seconds }, ...(poster && { poster }), photo };
}

/** What one person says of all of them. The lead is looked up by the caller; the others are held against it. */
export async function approveTogether(lead: ReviewItem, me: Me, body: TogetherBody, to: ReviewNeighbours): Promise<TogetherAnswer> {
  const missing = missingSkills(me, lead);
  if (missing.length > 0)
    throw problem(403, 'Skill.Missing', `expected somebody trained for ${missing.join(', ')}; a colleague has to take it`);
  if (!body.clips.some(({ jobId }) => jobId === lead.jobId))
    throw problem(422, 'Request.Unfit', `expected the clip of ${lead.jobId} among the clips, since the address names it; found it missing`);
  const results = await answerTogether(lead, body, me.name, to);
  measureSheet(results);
  return { results: results.map(({ jobId, result }) => ({ jobId, result })) };
}
