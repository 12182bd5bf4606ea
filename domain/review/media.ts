import type { ArtifactRef } from '#contracts/artifact';
import type { RenderResult, ReviewDossier, ReviewItem } from '#contracts/review';
import { contractViolated } from '#domain/errors';

/** Files that a reviewer looks at; every one is the job's own. */
export interface ReviewMedia {
  readonly clip?: ArtifactRef;
  readonly poster?: ArtifactRef;
  readonly contactSheet?: ArtifactRef;
  readonly photo: ArtifactRef;
  readonly cutout: ArtifactRef;
}

/** The render a dossier is about; `undefined` for a brief, which has none yet. */
export const renderOf = ({ subject, message }: ReviewDossier): RenderResult | undefined =>
  subject === 'brief' ? undefined : message[subject];

/** The first output is the master: what is judged. */
export const masterOf = ({ post }: RenderResult): RenderResult['post']['clips'][number] => {
  const [master] = post.clips;
  if (!master) throw contractViolated('review dossier', 'expected a render with a clip, found one without');
  return master;
};

/**
 * Passes on a reference into the folder of the question's own job, and refuses every other, whoever wrote it there: what a person may see
 * is decided by the job, so nothing of another one may come along with it.
 */
export function ownRef({ tenant, jobId, dossier }: Pick<ReviewItem, 'tenant' | 'jobId' | 'dossier'>, ref: ArtifactRef): ArtifactRef {
  const folder = `tenants/${tenant}/jobs/${jobId}/`;
  if (ref.key.startsWith(folder) && !ref.key.includes('/../') && ref.bucket === dossier?.bucket) return ref;
  throw contractViolated('review dossier', `expected files below ${folder} of ${dossier?.bucket}, found ${ref.bucket}/${ref.key}`);
}

/** What is linked to from a question's page. */
export function mediaOf(dossier: ReviewDossier, item: ReviewItem): ReviewMedia {
  const { prep } = dossier.message;
  const render = renderOf(dossier);
  const own = (ref: ArtifactRef): ArtifactRef => ownRef(item, ref);
  return {
    ...(render && { clip: own(masterOf(render).ref), poster: own(render.post.poster), contactSheet: own(render.post.contactSheet) }),
    photo: own(prep.photo.ref),
    cutout: own(prep.cutout.ref),
  };
}
