import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openClipFrames } from '#adapters/media/clip-frames';
import { pngOf } from '#adapters/media/pictures/png';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { ClipSafetyInput, ClipSafetyOutput } from '#contracts/safety-clip';
import { contractViolated } from '#domain/errors';
import type { ArtifactStore, Now } from '#domain/ports';
import { channelsOf } from '#domain/safety/brief/channels';
import { keptPictureWords } from '#domain/safety/brief/picture-words';
import { knownWords } from '#domain/safety/clip/known-words';
import { type ScreeningNeighbours, screenClip } from '#domain/safety/clip/screen-clip';
import { keepVerdict } from '#domain/safety/kept-verdict';
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';
import { type Bench, openBench } from './open-panel.ts';
import { sampledFrames } from './sampled-frames.ts';
import { tellVerdict } from './tell-verdict.ts';

const contract = {
  name: 'safety.screen-clip',
  visit: ({ tier }: ClipSafetyInput) => `safety:${tier}` as const,
  input: ClipSafetyInput,
  output: ClipSafetyOutput,
};

/** Of the 600 that the function may run (lib/handlers.ts): fetching and decoding take the rest. */
const VOTING_SECONDS = 480;

export interface ClipDoor {
  readonly artifacts: ArtifactStore;
  readonly frames: ScreeningNeighbours['frames'];
  readonly bench: () => Promise<Bench>;
  readonly now: Now;
}

const open = (environment: StepSurroundings['environment']): ClipDoor => {
  const named = requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET', 'FRAMEWRIGHT_FFMPEG']);
  const artifacts = openArtifactStore({ bucket: named.FRAMEWRIGHT_ARTIFACTS_BUCKET });
  return {
    artifacts,
    frames: sampledFrames(openClipFrames({ ffmpeg: named.FRAMEWRIGHT_FFMPEG, artifacts })),
    bench: openBench(environment, pngOf, 'words'),
    now: () => new Date(),
  };
};

/** Looks at the master clip of a render; the other sizes are cut from the same pictures. */
export async function screen(input: ClipSafetyInput, door: ClipDoor): Promise<ClipSafetyOutput> {
  const { job, tier, post } = input;
  const [master] = post.clips;
  if (!master) throw contractViolated('safety.screen-clip input', 'a post without clips');
  const bench = await door.bench();
  const policy = bench.policy(job.tenant);
  const panel = bench.panel(policy, VOTING_SECONDS);

  /** Captions and what is printed on the product: the brief was judged with them, and a person answered where there was doubt. */
  const known = async () => {
    const { brief } = parse(AcceptedBrief, JSON.parse(new TextDecoder().decode(await door.artifacts.get(job.brief))), job.brief.key);
    const printed = await keptPictureWords(door.artifacts, input);
    return knownWords([...channelsOf(brief, undefined).map(({ text }) => text), ...printed]);
  };
  const whose = { campaign: job.campaign, now: door.now().toISOString() };
  const clipVerdict = await screenClip(master, post, { frames: door.frames, panel, known }, policy, whose);
  await keepVerdict(door.artifacts, keys.verdict(job.tenant, job.jobId, tier), clipVerdict);
  tellVerdict(clipVerdict);
  return { ...input, clipVerdict };
}

export const handler = step(contract, open, screen);
