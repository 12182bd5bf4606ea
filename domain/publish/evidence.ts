import type { Job } from '#contracts/job';
import { keys } from '#contracts/keys';
import type { ReviewItem } from '#contracts/review';
import type { ArtifactStore, ReviewStore } from '#domain/ports';
import { keptVerdict } from '#domain/safety/kept-verdict';

/** What was really said about a job, from where it was said: a message can be wrong, old or made up. */
export interface Evidence {
  /** Verdicts as safety kept them; absent when it said nothing. */
  readonly verdicts: { readonly brief?: string | undefined; readonly preview?: string | undefined; readonly final?: string | undefined };
  /** Every question that was asked about the job. */
  readonly questions: readonly ReviewItem[];
}

export async function evidenceOf({ tenant, jobId }: Job, artifacts: ArtifactStore, reviews: Pick<ReviewStore, 'find'>): Promise<Evidence> {
  const [brief, preview, final] = await Promise.all(
    (['brief', 'preview', 'final'] as const).map((of) => keptVerdict(artifacts, keys.verdict(tenant, jobId, of))),
  );
  return { verdicts: { brief, preview, final }, questions: await reviews.find(tenant, jobId) };
}
