import { refText } from '#contracts/component';
import type { LifecycleEvent } from '#contracts/events';
import type { AcceptedBrief } from '#contracts/job';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { PlanDocument } from '#contracts/plan';
import type { ReviewDossier, ReviewItem } from '#contracts/review';
import type { Me, ReviewDetail } from '#contracts/review-api';
import { costByStage } from '#domain/ledger/cost-by-stage';
import { historyOf } from './history.ts';
import { mayDo } from './may.ts';
import { masterOf, type ReviewMedia, renderOf } from './media.ts';
import { shotsOf } from './shots.ts';

/** Everything a question's page is made of. */
export interface DetailSources {
  readonly item: ReviewItem;
  /** Others that `me` may answer in one look with it. */
  readonly beside: number;
  readonly dossier: ReviewDossier;
  readonly accepted: AcceptedBrief;
  /** The plan of the render in question. */
  readonly plan: PlanDocument | undefined;
  readonly events: readonly LifecycleEvent[];
  readonly costs: readonly CostFact[];
  /** A link for each file of `mediaOf(dossier)`. */
  readonly links: { readonly [K in keyof ReviewMedia]: string };
  readonly me: Me;
  readonly now: Date;
}

/** The page of one question: what it is about as it was asked, and how it stands now. */
export function reviewDetail({ item, beside, dossier, accepted, plan, events, costs, links, me, now }: DetailSources): ReviewDetail {
  const { message } = dossier;
  const render = renderOf(dossier);
  const { dossier: _, ...shown } = item;
  return {
    item: shown,
    at: now.toISOString(),
    brief: accepted.brief,
    media: mediaView(render, links),
    shots: shotsOf(accepted.brief, plan, message.rework),
    briefVerdict: message.briefVerdict,
    ...(render && { clipVerdict: render.clipVerdict, seams: render.post.seams }),
    mask: { confidence: message.prep.mask.confidence, source: message.prep.mask.source },
    cost: {
      soFarMicroUsd: microUsd(costs.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)),
      stages: costByStage(costs).map(({ name, seconds, costMicroUsd }) => ({ stage: name, seconds, costMicroUsd })),
    },
    provenance: provenance(dossier, plan),
    history: historyOf(item, events),
    beside,
    may: mayDo(item, me, now),
  };
}

function mediaView(render: ReturnType<typeof renderOf>, { clip: url, ...pictures }: DetailSources['links']): ReviewDetail['media'] {
  if (!render || url === undefined) return pictures;
  const { output, frames, seconds } = masterOf(render);
  return { clip: { url, width: output.width, height: output.height, fps: output.fps, frames, seconds }, ...pictures };
}

/** What the credentials of the clip would say about how it was made. */
function provenance(dossier: ReviewDossier, plan: PlanDocument | undefined): ReviewDetail['provenance'] {
  const { job, prep, briefVerdict, rework } = dossier.message;
  const render = renderOf(dossier);
  return [
    { name: 'brief', value: job.brief.sha256 },
    { name: 'product photo', value: prep.photo.ref.sha256 },
    { name: 'brief policy', value: briefVerdict.policy.version },
    ...(render
      ? [
          { name: 'plan', value: render.plan.document.sha256 },
          { name: 'clip', value: masterOf(render).ref.sha256 },
          { name: 'motion', value: refText(render.plan.component) },
          ...render.plan.companions.map((component) => ({ name: 'with', value: refText(component) })),
          { name: 'clip policy', value: render.clipVerdict.policy.version },
        ]
      : []),
    ...(plan ? [{ name: 'template', value: plan.template }] : []),
    { name: 'take', value: String(rework?.take ?? 1) },
  ];
}
