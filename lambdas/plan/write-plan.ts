import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openComponentRegistry } from '#adapters/aws/component-registry';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { PlanDocument, PlanInput, PlanOutput } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import { motionPin } from '#domain/plan/choose-component';
import { componentsOfJob, planned } from '#domain/plan/job-components';
import { planDocument } from '#domain/plan/plan-document';
import { templates } from '#domain/plan/templates';
import type { ArtifactStore, ComponentRegistry } from '#domain/ports';
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'plan.write-plan',
  visit: ({ tier }: PlanInput) => `plan:${tier}` as const,
  input: PlanInput,
  output: PlanOutput,
};

interface Neighbours {
  readonly store: ArtifactStore;
  readonly components: ComponentRegistry;
}

const open = (environment: StepSurroundings['environment']): Neighbours => {
  const told = requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET', 'FRAMEWRIGHT_DEPLOYMENT', 'FRAMEWRIGHT_TABLE']);
  return {
    store: openArtifactStore({ bucket: told.FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    components: openComponentRegistry({ deployment: told.FRAMEWRIGHT_DEPLOYMENT, table: told.FRAMEWRIGHT_TABLE }),
  };
};

/** Reads the accepted brief, decides every shot and window, and stores the plan that workers follow. */
export async function writePlan(input: PlanInput, { store, components }: Neighbours): Promise<PlanOutput> {
  const { job, prep, tier, rework } = input;
  const accepted = parse(AcceptedBrief, JSON.parse(new TextDecoder().decode(await store.get(job.brief))), job.brief.key);
  const { brief } = accepted;
  const chosen = await componentsOfJob(store, job, motionPin(brief, templates[brief.template]), components.known);
  const message = planned(chosen);
  const plan = parse(
    PlanDocument,
    planDocument({
      job,
      tier,
      brief,
      photoPalette: prep.photoPalette,
      component: chosen.motion.component,
      companions: message.companions,
      rework,
    }),
    'the plan made from this brief',
  );
  const document = await store.put(keys.plan(plan), canonicalJson(plan), 'application/json');
  return {
    ...input,
    plan: {
      document,
      ...message,
      shots: plan.shots.length,
      windows: plan.shots.reduce((sum, shot) => sum + shot.windows.length, 0),
      frames: plan.frames,
      fps: plan.fps,
    },
  };
}

export const handler = step(contract, open, writePlan);
