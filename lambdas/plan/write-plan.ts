import { openArtifactStore } from '#adapters/aws/artifact-store';
import { Component } from '#contracts/component';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { PlanDocument, PlanInput, PlanOutput } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import { planDocument } from '#domain/plan/plan-document';
import type { ArtifactStore } from '#domain/ports';
import animatic from '../../containers/animatic/component.json' with { type: 'json' };
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
  readonly component: Component;
}

const open = (environment: StepSurroundings['environment']): Neighbours => ({
  store: openArtifactStore({ bucket: requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET']).FRAMEWRIGHT_ARTIFACTS_BUCKET }),
  component: Component.parse(animatic),
});

/** Reads the accepted brief, decides every shot and window, and stores the plan that workers follow. */
export async function writePlan(input: PlanInput, { store, component }: Neighbours): Promise<PlanOutput> {
  const { job, prep, tier } = input;
  const accepted = parse(AcceptedBrief, JSON.parse(new TextDecoder().decode(await store.get(job.brief))), job.brief.key);
  const plan = parse(
    PlanDocument,
    planDocument({ job, tier, brief: accepted.brief, photoPalette: prep.photoPalette, component }),
    'the plan made from this brief',
  );
  const document = await store.put(keys.plan(job.tenant, job.jobId, tier), canonicalJson(plan), 'application/json');
  return {
    ...input,
    plan: {
      document,
      component: plan.component,
      shots: plan.shots.length,
      windows: plan.shots.reduce((sum, shot) => sum + shot.windows.length, 0),
      frames: plan.frames,
      fps: plan.fps,
    },
  };
}

export const handler = step(contract, open, writePlan);
