import { openArtifactStore } from '#adapters/aws/artifact-store';
import { shrunkPng } from '#adapters/aws/cloud-voters';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import type { ArtifactRef } from '#contracts/artifact';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { BriefSafetyInput, BriefSafetyOutput } from '#contracts/safety-brief';
import { type SpokenWord, TranscriptDocument } from '#contracts/transcript';
import type { ArtifactStore, Now } from '#domain/ports';
import { channelsOf } from '#domain/safety/brief/channels';
import { hearingVoter } from '#domain/safety/brief/hearing';
import { keepPictureWords } from '#domain/safety/brief/picture-words';
import { screenMaterial } from '#domain/safety/brief/screen-brief';
import { keepVerdict } from '#domain/safety/kept-verdict';
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';
import { keyframes, type MaterialNeighbours, shownPictures } from './brief-material.ts';
import { type Bench, openBench } from './open-panel.ts';
import { tellVerdict } from './tell-verdict.ts';

const contract = {
  name: 'safety.screen-brief',
  visit: () => 'safety:brief' as const,
  input: BriefSafetyInput,
  output: BriefSafetyOutput,
};

/** Of the 300 that the function may run (lib/handlers.ts): reading, opening pictures and telling take the rest. */
const VOTING_SECONDS = 240;

export interface BriefDoor extends MaterialNeighbours {
  readonly bench: () => Promise<Bench>;
  readonly now: Now;
}

const open = (environment: StepSurroundings['environment']): BriefDoor => {
  const named = requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET']);
  const pictures = openPictureCodec();
  return {
    artifacts: openArtifactStore({ bucket: named.FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    pictures,
    bench: openBench(environment, shrunkPng(pictures), 'everything'),
    now: () => new Date(),
  };
};

/** Looks at the words and the pictures of an accepted brief and says, before a second of rendering is paid for, whether it may be rendered. */
export async function screen(input: BriefSafetyInput, door: BriefDoor): Promise<BriefSafetyOutput> {
  const { job, prep } = input;
  const { artifacts, now } = door;
  const { brief } = parse(AcceptedBrief, await jsonOf(artifacts, job.brief), job.brief.key);
  const words = await wordsHeard(prep, artifacts);
  const bench = await door.bench();
  const policy = bench.policy(job.tenant);
  const panel = bench.panel(policy, VOTING_SECONDS);
  const mood = await keyframes(prep, door);
  const { verdict, words: read } = await screenMaterial(
    {
      channels: channelsOf(brief, words.map(({ text }) => text).join(' ')),
      pictures: [...shownPictures(prep, door), ...mood.pictures],
      gaps: mood.gaps,
    },
    { ...panel, text: [...panel.text, hearingVoter(prep, words)] },
    policy,
    { campaign: job.campaign, now: now().toISOString() },
  );
  // Before the verdict: one that is kept names words that are there.
  const briefVerdict = { ...verdict, words: await keepPictureWords(artifacts, job, read) };
  await keepVerdict(artifacts, keys.verdict(job.tenant, job.jobId, 'brief'), briefVerdict);
  tellVerdict(briefVerdict);
  return { ...input, briefVerdict };
}

async function wordsHeard({ transcript }: BriefSafetyInput['prep'], artifacts: ArtifactStore): Promise<readonly SpokenWord[]> {
  if (transcript?.status !== 'heard') return [];
  const document = parse(TranscriptDocument, await jsonOf(artifacts, transcript.document), transcript.document.key);
  return document.status === 'heard' ? document.words : [];
}

const jsonOf = async (artifacts: ArtifactStore, ref: ArtifactRef): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(await artifacts.get(ref)));

export const handler = step(contract, open, screen);
