import { openArtifactStore } from '#adapters/aws/artifact-store';
import type { ArtifactRef } from '#contracts/artifact';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { BriefSafetyInput, BriefSafetyOutput } from '#contracts/safety-brief';
import { type SpokenWord, TranscriptDocument } from '#contracts/transcript';
import type { ArtifactStore } from '#domain/ports';
import { channelsOf } from '#domain/safety/brief/channels';
import { hearingCheck } from '#domain/safety/brief/hearing';
import { type BriefPolicy, briefPolicy } from '#domain/safety/brief/policy';
import { rulesCheck, screenBrief } from '#domain/safety/brief/screen';
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
  const { job, prep } = input;
  const { brief } = parse(AcceptedBrief, await jsonOf(artifacts, job.brief), job.brief.key);
  const words = await wordsHeard(prep, artifacts);
  const channels = channelsOf(brief, words.map(({ text }) => text).join(' '));
  return { ...input, briefVerdict: screenBrief(channels, policy, [rulesCheck(policy), hearingCheck(prep, words)]) };
}

async function wordsHeard({ transcript }: BriefSafetyInput['prep'], artifacts: ArtifactStore): Promise<readonly SpokenWord[]> {
  if (transcript?.status !== 'heard') return [];
  const document = parse(TranscriptDocument, await jsonOf(artifacts, transcript.document), transcript.document.key);
  return document.status === 'heard' ? document.words : [];
}

const jsonOf = async (artifacts: ArtifactStore, ref: ArtifactRef): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(await artifacts.get(ref)));

export const handler = step(contract, open, screen);
