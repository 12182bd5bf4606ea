import { openArtifactStore } from '#adapters/aws/artifact-store';
import { requireEnvironment } from '#contracts/environment';
import { CollectWindowsInput, GenerateOutput } from '#contracts/generate';
import { renderIncomplete } from '#domain/errors';
import { plannedManifests, windowProblems } from '#domain/generate/window-problems';
import { readPlan } from '#domain/plan/read-plan';
import type { ArtifactStore } from '#domain/ports';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'generate.collect-windows',
  visit: ({ tier }: CollectWindowsInput) => `generate:${tier}` as const,
  input: CollectWindowsInput,
  output: GenerateOutput,
};

/** Manifests read at once: the longest clip has about 450 windows, and a Lambda holds this many connections with ease. */
const AT_ONCE = 16;
/** Problems named in the error; the count says how many there are. */
const NAMED = 5;

const open = (environment: StepSurroundings['environment']): { store: ArtifactStore } => ({
  store: openArtifactStore({ bucket: requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET']).FRAMEWRIGHT_ARTIFACTS_BUCKET }),
});

/**
 * Believes manifests, not exit codes: every window of the plan must have one that matches. Frames are uploaded before their
 * manifest, and their hash is checked again by whoever reads them.
 */
export async function collectWindows(
  { batchJobId, ...message }: CollectWindowsInput,
  { store }: { store: ArtifactStore },
): Promise<GenerateOutput> {
  const plan = await readPlan(store, message.plan.document);
  const planned = plannedManifests(plan);
  const found = new Map<string, Uint8Array>();
  for (let first = 0; first < planned.length; first += AT_ONCE) {
    await Promise.all(
      planned.slice(first, first + AT_ONCE).map(async ({ key }) => {
        const object = await store.find(key);
        if (object) found.set(key, object.body);
      }),
    );
  }
  const problems = windowProblems(plan, found);
  if (problems.length > 0) {
    const named = problems.slice(0, NAMED).join('; ');
    throw renderIncomplete(
      `Batch job ${batchJobId}`,
      `expected ${planned.length} windows, found ${problems.length} missing or different: ${named}${problems.length > NAMED ? '; ...' : ''}`,
    );
  }
  return { ...message, generate: { batchJobId, windows: planned.length } };
}

export const handler = step(contract, open, collectWindows);
