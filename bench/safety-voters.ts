import { toxicityVoter } from '#adapters/aws/voters/comprehend';
import { guardrailPictureVoter, guardrailTextVoter } from '#adapters/aws/voters/guardrail';
import { celebritiesVoter, moderationLabelsVoter } from '#adapters/aws/voters/rekognition';
import { openPictureVoters } from '#adapters/inference/picture-voters';
import { openTextModel } from '#adapters/inference/text/sentence-model';
import type { Clip } from '#contracts/post';
import type { SafetyVerdict } from '#contracts/verdict';
import type { ClipVoter, PictureReader, Raster, SafetyVoter } from '#domain/ports';
import { hearingVoter } from '#domain/safety/brief/hearing';
import { screenMaterial } from '#domain/safety/brief/screen-brief';
import { wordReaders } from '#domain/safety/brief/word-readers';
import { screenClip } from '#domain/safety/clip/screen-clip';
import type { Panel } from '#domain/safety/panel';
import { type EffectivePolicy, effectivePolicy } from '#domain/safety/policy/effective';
import { patience } from '#lambdas/patience';
import type { LoopbackServices } from './loopback-services.ts';

/** Where a voter gives no answer in time, in seconds: long for an answer from this process, short for a benchmark of many silences. */
export const FAULT_SECONDS = 0.4;

/** The policy of the release, in a hurry, with nobody expected but who is there, and two voters that only scripts have. */
function hurried(): EffectivePolicy {
  const released = effectivePolicy();
  const names = [...Object.keys(released.voters), 'scripted-clip', 'scripted-reader'];
  return {
    ...released,
    voters: Object.fromEntries(names.map((name) => [name, { ...(released.voters[name] ?? { scale: {} }), seconds: FAULT_SECONDS }])),
    expected: { briefText: [], briefPictures: [], clip: [] },
  };
}
const policy = hurried();
const whose = { campaign: 'faults', now: '2026-11-27T00:00:00.000Z' };
const grey: Raster = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(128) };
const ref = { bucket: 'faults', key: 'clip.mp4', sha256: '0'.repeat(64), bytes: 1 };
const clip: Clip = { ref, output: { width: 128, height: 128, fps: 12 }, frames: 12, seconds: 1 };

/** A double: watches nothing, says that nothing was found. */
const scriptedClipVoter: ClipVoter = { id: 'scripted-clip@1', sees: 'clip', categories: ['violence'], watch: async () => [] };
/** A double: reads one harmless line in every picture. */
export const scriptedReader: PictureReader = {
  id: 'scripted-reader@1',
  read: async () => [{ text: 'good morning', confidence: 1, box: { x: 0, y: 0, width: 1, height: 1 } }],
};

/** Every voter of the product: our own, and the services through their adapters. */
export async function everyVoter(models: string, { rekognition, comprehend, bedrock }: LoopbackServices) {
  const own: SafetyVoter[] = [
    ...wordReaders(policy.lexicon, openTextModel(models)),
    hearingVoter({}, []),
    scriptedClipVoter,
    ...(await openPictureVoters(models)),
  ];
  const encode = async (): Promise<Uint8Array> => new Uint8Array(8); // the loopback looks at no picture
  const guardrail = { id: 'abc', version: '1' };
  const cloud: SafetyVoter[] = [
    moderationLabelsVoter(rekognition, encode),
    celebritiesVoter(rekognition, encode),
    guardrailPictureVoter(bedrock, guardrail, encode),
    guardrailTextVoter(bedrock, guardrail),
    toxicityVoter(comprehend),
  ];
  return { own, cloud };
}

export type Door = 'brief' | 'clip';
/** A clip voter has nothing to watch at the door of the brief. */
export const doorsOf = ({ sees }: SafetyVoter): readonly Door[] => (sees === 'clip' ? ['clip'] : ['brief', 'clip']);

/** What a door says when this voter, or this reader, is there and everything else is harmless. */
export async function verdictWith(
  door: Door,
  voter: SafetyVoter | undefined,
  reader: PictureReader = scriptedReader,
): Promise<SafetyVerdict['verdict']> {
  const panel: Panel = {
    text: voter?.sees === 'text' ? [voter] : [],
    pictures: voter?.sees === 'picture' ? [voter] : [],
    clips: voter?.sees === 'clip' ? [voter] : [],
    reader,
    patience: patience(60),
  };
  if (door === 'brief') {
    const pictures = [{ name: 'product.photo', read: true, open: async () => grey }];
    const channels = [{ name: 'product.name', text: 'Spring roast' }];
    return (await screenMaterial({ channels, pictures, gaps: [] }, panel, policy, whose)).verdict.verdict;
  }
  const frames = async function* () {
    for (const frame of [2, 5, 8, 11]) yield { frame, picture: grey };
  };
  const neighbours = { frames, panel, known: async () => () => false };
  return (await screenClip(clip, { clips: [clip], poster: ref, contactSheet: ref }, neighbours, policy, whose)).verdict;
}
