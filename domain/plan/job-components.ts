import type { WorkerRef } from '#contracts/component';
import type { Job } from '#contracts/job';
import { keys } from '#contracts/keys';
import type { Plan } from '#contracts/plan';
import { JobComponents } from '#contracts/registry';
import { contractViolated } from '#domain/errors';
import type { ArtifactStore, KnownComponents } from '#domain/ports';
import { canonicalJson } from './canonical-json.ts';
import { chooseMotion, compositeOf } from './choose-component.ts';

type Whose = Pick<Job, 'tenant' | 'jobId'>;

/** What the job renders with, once its first plan has chosen. */
export async function standingComponents(store: ArtifactStore, { tenant, jobId }: Whose): Promise<JobComponents | undefined> {
  const key = keys.components(tenant, jobId);
  const found = await store.find(key);
  if (!found) return undefined;
  const parsed = JobComponents.safeParse(JSON.parse(new TextDecoder().decode(found.body)));
  if (!parsed.success) throw contractViolated(key, `expected the components of this job, found ${parsed.error.message}`);
  return parsed.data;
}

/** Chooses once and for all: the first choice stands, and a deployment that comes in between changes nothing. */
export async function componentsOfJob(
  store: ArtifactStore,
  job: Whose,
  pin: string | undefined,
  known: () => Promise<KnownComponents>,
): Promise<JobComponents> {
  const standing = await standingComponents(store, job);
  if (standing) return standing;
  const deployed = await known();
  const motion = chooseMotion(pin, deployed);
  // Intake refused what could not be chosen; whatever changed since then is no mistake of the brief.
  if ('refusal' in motion)
    throw contractViolated(`components of ${job.jobId}`, `expected ${motion.refusal.expected}, found ${motion.refusal.found}`);
  const chosen: JobComponents = { schema: 'framewright/job-components/v1', motion: motion.chosen, composite: compositeOf(deployed) };
  const first = await store.create(keys.components(job.tenant, job.jobId), canonicalJson(chosen), 'application/json');
  return first ? chosen : ((await standingComponents(store, job)) ?? chosen);
}

/** The message's part: what Batch is asked for, and what runs inside. */
export function planned({ motion, composite }: JobComponents): Pick<Plan, 'component' | 'workers' | 'companions'> {
  const worker = ({ component: { id, version, priceClass } }: JobComponents['motion']): WorkerRef => ({ id, version, priceClass });
  const generate = worker(motion);
  return {
    component: { id: generate.id, version: generate.version },
    workers: { generate, post: worker(composite) },
    companions: [...motion.companions, ...composite.companions].map(({ id, version }) => ({ id, version })),
  };
}
