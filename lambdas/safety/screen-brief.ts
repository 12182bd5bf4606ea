import { openArtifactStore } from '#adapters/aws/artifact-store';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { BriefSafetyInput, BriefSafetyOutput } from '#contracts/safety-brief';
import type { ArtifactStore } from '#domain/ports';
import { channelsOf } from '#domain/safety/brief/channels';
import { type BriefPolicy, briefPolicy } from '#domain/safety/brief/policy';
import { screenBrief } from '#domain/safety/brief/screen';
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'safety.screen-brief',
  visit: () => 'safety:brief' as const,
  input: BriefSafetyInput,
  output: BriefSafetyOutput,
};

interface Neighbours {
  readonly artifacts: ArtifactStore;
  readonly policy: BriefPolicy;
}

const open = (environment: StepSurroundings['environment']): Neighbours => ({
  artifacts: openArtifactStore({ bucket: requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET']).FRAMEWRIGHT_ARTIFACTS_BUCKET }),
  policy: briefPolicy(),
});

/** Reads the accepted brief and says, before a second of rendering is paid for, whether it may be rendered. */
export async function screen(input: BriefSafetyInput, { artifacts, policy }: Neighbours): Promise<BriefSafetyOutput> {
  const { brief: ref } = input.job;
  const { brief } = parse(AcceptedBrief, JSON.parse(new TextDecoder().decode(await artifacts.get(ref))), ref.key);
  return { ...input, briefVerdict: screenBrief(channelsOf(brief, input.prep.reference?.transcript), policy) };
}

export const handler = step(contract, open, screen);
