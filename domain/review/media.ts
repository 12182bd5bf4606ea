import type { ArtifactRef } from '#contracts/artifact';
import type { Job } from '#contracts/job';
import type { RenderResult, ReviewDossier } from '#contracts/review';
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

/** What may be linked to. A reference that leads out of the job's own folder is refused, whoever wrote it there. */
export function mediaOf(dossier: ReviewDossier): ReviewMedia {
  const { job, prep } = dossier.message;
  const render = renderOf(dossier);
  const own = (ref: ArtifactRef): ArtifactRef => ownOf(job, ref);
  return {
    ...(render && { clip: own(masterOf(render).ref), poster: own(render.post.poster), contactSheet: own(render.post.contactSheet) }),
    photo: own(prep.photo.ref),
    cutout: own(prep.cutout.ref),
  };
}

function ownOf({ tenant, jobId, brief }: Job, ref: ArtifactRef): ArtifactRef {
  const folder = `tenants/${tenant}/jobs/${jobId}/`;
  if (ref.key.startsWith(folder) && !ref.key.includes('/../') && ref.bucket === brief.bucket) return ref;
  throw contractViolated('review dossier', `expected files below ${folder} of ${brief.bucket}, found ${ref.bucket}/${ref.key}`);
}
