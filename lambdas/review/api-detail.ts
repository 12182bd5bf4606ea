import type * as z from 'zod';
import type { ArtifactRef } from '#contracts/artifact';
import { AcceptedBrief } from '#contracts/job';
import { PlanDocument } from '#contracts/plan';
import { ReviewDossier, type ReviewItem } from '#contracts/review';
import { type Me, ReviewDetail } from '#contracts/review-api';
import type { ArtifactStore, LedgerStore, MediaLinks, Now } from '#domain/ports';
import { reviewDetail } from '#domain/review/detail';
import { mediaOf, ownRef, type ReviewMedia, renderOf } from '#domain/review/media';
import { parse } from '../parse.ts';
import { problem } from './api-answer.ts';

export interface DetailNeighbours {
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  readonly ledger: Pick<LedgerStore, 'events' | 'costs'>;
  readonly links: MediaLinks;
  readonly now: Now;
}

/** Documents never change under their hash, so a warm function reads each once; so many are a few megabytes. */
const KEPT_DOCUMENTS = 60;

export type Documents = <S extends z.ZodType>(schema: S, ref: ArtifactRef) => Promise<z.output<S>>;

export function openDocuments(artifacts: Pick<ArtifactStore, 'get'>): Documents {
  const kept = new Map<string, unknown>();
  return async (schema, ref) => {
    const value: unknown = kept.get(ref.sha256) ?? JSON.parse(new TextDecoder().decode(await artifacts.get(ref)));
    kept.delete(ref.sha256); // the newest stand last, the oldest are forgotten
    kept.set(ref.sha256, value);
    for (const oldest of kept.keys()) if (kept.size > KEPT_DOCUMENTS) kept.delete(oldest);
    return parse(schema, value, ref.key);
  };
}

/** The page of one question, for somebody who may see it. */
export async function detailOf(
  item: ReviewItem,
  beside: number,
  me: Me,
  documents: Documents,
  to: DetailNeighbours,
): Promise<ReviewDetail> {
  if (!item.dossier)
    throw problem(
      410,
      'Review.NoDossier',
      'expected a question that keeps what it is about, found one of before that was kept; the command line can answer it',
    );
  const dossier = await documents(ReviewDossier, ownRef(item, item.dossier));
  const plan = renderOf(dossier)?.plan.document;
  const { tenant, jobId } = item;
  const [accepted, planned, events, costs, links] = await Promise.all([
    documents(AcceptedBrief, ownRef(item, dossier.message.job.brief)),
    plan && documents(PlanDocument, ownRef(item, plan)),
    to.ledger.events(tenant, jobId),
    to.ledger.costs(tenant, jobId),
    linksTo(mediaOf(dossier, item), to.links),
  ]);
  return parse(
    ReviewDetail,
    reviewDetail({ item, beside, dossier, accepted, plan: planned, events, costs, links, me, now: to.now() }),
    'review detail',
  );
}

/** A link for every file there is. */
async function linksTo(media: ReviewMedia, { link }: MediaLinks) {
  const maybe = (ref: ArtifactRef | undefined) => ref && link(ref);
  const [clip, poster, contactSheet, photo, cutout] = await Promise.all([
    maybe(media.clip),
    maybe(media.poster),
    maybe(media.contactSheet),
    link(media.photo),
    link(media.cutout),
  ]);
  return { ...(clip && { clip }), ...(poster && { poster }), ...(contactSheet && { contactSheet }), photo, cutout };
}
