import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { ErrorName } from '#contracts/errors';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { PrepOutput } from '#contracts/prep';
import { BriefSafetyOutput } from '#contracts/safety-brief';
import { TranscriptDocument } from '#contracts/transcript';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { PictureVoter } from '#domain/ports';
import { briefPolicy } from '#domain/safety/brief/policy';
import { keptVerdict, verdictText } from '#domain/safety/kept-verdict';
import type { Panel } from '#domain/safety/panel';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { type Bench, benchOf } from '#lambdas/safety/open-panel';
import { type BriefDoor, screen } from '#lambdas/safety/screen-brief';
import { textModel } from '../../domain/safety/brief/readers.ts';
import { scriptedPictureVoter, vote } from '../../domain/safety/world.ts';

const COFFEE = '../../../examples/briefs/coffee-spring/assets/coffee.png';
const LOGO = '../../../examples/briefs/coffee-spring/assets/logo.png';

const example = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../contracts/examples/${path}.json`, import.meta.url), 'utf8'));
const accepted = AcceptedBrief.parse(example('accepted-brief/coffee-spring'));
const parsed = PrepOutput.parse(example('prep-output/coffee-spring'));
const { reference: _, ...withoutReference } = parsed.prep;
const message = PrepOutput.parse({ ...parsed, prep: withoutReference });

const NOTHING_SEEN = [vote('sexual', 0.01)];

/** The release expects more voters; these tests are about the door, and one of them is enough. */
const onlyExpecting = (voter: string, bench: Bench): Bench => ({
  ...bench,
  policy: (tenant) => {
    const policy = bench.policy(tenant);
    return { ...policy, expected: { ...policy.expected, briefPictures: [voter] } };
  },
});

function doorWith(artifacts = openMemoryArtifactStore(), panel: Partial<Panel> = {}): BriefDoor & { artifacts: MemoryArtifactStore } {
  const voters = { text: [], pictures: [scriptedPictureVoter('open-nsfw@1', NOTHING_SEEN)], sentences: textModel, ...panel };
  return {
    artifacts,
    pictures: openPictureCodec(),
    bench: async () => onlyExpecting('open-nsfw', benchOf([], {}, voters)),
    now: () => new Date('2026-11-27T00:00:00.000Z'),
  };
}

/** The example's message with pictures that are really there. */
async function stored(artifacts: MemoryArtifactStore, change: Partial<AcceptedBrief['brief']> = {}, prep = message.prep) {
  const document = { ...accepted, brief: { ...accepted.brief, ...change } };
  const brief = await artifacts.put('brief.json', new TextEncoder().encode(JSON.stringify(document)));
  const photo = { ...prep.photo, ref: await artifacts.put('photo.png', readFileSync(new URL(COFFEE, import.meta.url))) };
  const logo = prep.logo && { ...prep.logo, ref: await artifacts.put('logo.png', readFileSync(new URL(LOGO, import.meta.url))) };
  return { job: { ...message.job, brief }, prep: { ...prep, photo, ...(logo && { logo }) } };
}

async function screened(change: Partial<AcceptedBrief['brief']>, prep = message.prep, door = doorWith()) {
  return BriefSafetyOutput.parse(await screen(await stored(door.artifacts, change, prep), door));
}

it('adds a verdict to the message and nothing else, and keeps it where publishing will ask', async () => {
  const door = doorWith();
  const output = await screened({}, message.prep, door);
  expect(output.briefVerdict).toMatchObject({ verdict: 'allow', reasons: [], policy: effectivePolicy().stamp });
  expect(output.briefVerdict.ballots?.map(({ voter, status }) => `${voter} ${status}`)).toEqual([
    `rules@${briefPolicy().version} voted`,
    'learned-text@5 voted',
    'hearing@1 voted',
    'open-nsfw@1 voted',
  ]);
  expect(Object.keys(output)).toEqual(['job', 'prep', 'briefVerdict']);
  const { tenant, jobId } = message.job;
  expect(await keptVerdict(door.artifacts, keys.verdict(tenant, jobId, 'brief'))).toBe(verdictText(output.briefVerdict));
});

describe('the pictures of a brief', () => {
  const line = (text: string) => ({ text, confidence: 0.9, box: { x: 0, y: 0, width: 1, height: 0.1 } });

  it('are shown to everybody who looks at pictures, the logo on white and on black', async () => {
    const corners: number[] = [];
    const voter: PictureVoter = {
      ...scriptedPictureVoter('open-nsfw@1', NOTHING_SEEN),
      look: async ({ data, channels }) => {
        expect(channels).toBe(3);
        corners.push(data[0] ?? -1);
        return NOTHING_SEEN;
      },
    };
    await screened({}, message.prep, doorWith(undefined, { pictures: [voter] }));
    expect(corners).toHaveLength(message.prep.logo ? 3 : 1);
    if (message.prep.logo) expect(corners.slice(1)).toEqual([255, 0]);
  });

  it('stop a brief before anything is rendered, and say which one it was', async () => {
    const pictures = [scriptedPictureVoter('open-nsfw@1', [vote('sexual', 0.95)], NOTHING_SEEN)];
    const { briefVerdict } = await screened({}, message.prep, doorWith(undefined, { pictures }));
    expect(briefVerdict).toMatchObject({
      verdict: 'reject',
      reasons: [{ category: 'sexual', voter: 'open-nsfw@1', score: 0.95, evidence: 'product.photo: sexual 0.95' }],
    });
  });

  it('are read, and what is written in them is judged like every other text', async () => {
    const reader = { id: 'paddle-ocr-4@1', read: async () => [line('they will'), line('k1ll everyone')] };
    const { briefVerdict } = await screened({}, message.prep, doorWith(undefined, { reader }));
    expect(briefVerdict.verdict).toBe('reject');
    expect(briefVerdict.reasons[0]?.evidence).toMatch(/^product.photo \(text in picture\): matched/);
  });

  it('are seen frame by frame where a reference is a film', async () => {
    const jpeg = await sharp({ create: { width: 64, height: 36, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const artifacts = openMemoryArtifactStore();
    const film = await artifacts.put('reference.mjpeg', Buffer.concat([jpeg, jpeg, jpeg]));
    const reference = { seconds: 3, fps: 24, keyframes: film, loudnessLufs: null };
    const seen = scriptedPictureVoter('open-nsfw@1', NOTHING_SEEN, NOTHING_SEEN, NOTHING_SEEN, NOTHING_SEEN, [vote('sexual', 0.6)]);
    const door = doorWith(artifacts, { pictures: [seen] });
    const { briefVerdict } = await screened({}, { ...message.prep, reference }, door);
    expect(briefVerdict.verdict).toBe('review');
    expect(briefVerdict.ballots?.at(-1)?.judged).toBe((message.prep.logo ? 3 : 1) + 3);

    const torn = await artifacts.put('reference.mjpeg', Buffer.concat([jpeg, jpeg.subarray(0, 100)]));
    const broken = await screened({}, { ...message.prep, reference: { ...reference, keyframes: torn } }, doorWith(artifacts));
    expect(broken.briefVerdict).toMatchObject({ verdict: 'review', reasons: [{ category: 'unchecked', voter: 'reference' }] });
  });

  it('are asked about when they do not open, or when nobody is there to look', async () => {
    const door = doorWith();
    const input = await stored(door.artifacts);
    door.artifacts.objects.set('photo.png', Buffer.from('no picture'));
    expect((await screen(input, door)).briefVerdict).toMatchObject({ verdict: 'review', reasons: [{ voter: 'product.photo' }] });
    const blind = await screened({}, message.prep, doorWith(undefined, { pictures: [] }));
    expect(blind.briefVerdict).toMatchObject({ verdict: 'review', reasons: [{ category: 'unchecked', voter: 'open-nsfw' }] });
  });
});

const threat = 'they will k1ll everyone';
const [shot] = accepted.brief.storyboard;
if (!shot) throw new Error('expected the example brief to have a shot');
it.each([
  ['campaign', { campaign: 'kill-everyone' }],
  ['product.name', { product: { ...accepted.brief.product, name: threat } }],
  ['product.photo', { product: { ...accepted.brief.product, photo: 'assets/killEveryone_final.png' } }],
  ['brand.logo', { brand: { ...accepted.brief.brand, logo: 'kill-everyone.png' } }],
  ['storyboard[0].description', { storyboard: [{ ...shot, description: threat }] }],
  ['storyboard[1].caption', { storyboard: [shot, { ...shot, caption: threat }] }],
  ['metadata.note', { metadata: { note: threat } }],
  ['reference', { reference: 'kill_everyone.mp4' }],
])('reads the channel %s', async (channel, change) => {
  const { briefVerdict } = await screened(change);
  expect(briefVerdict.verdict).toBe('reject');
  expect(briefVerdict.reasons[0]?.evidence).toMatch(new RegExp(`^${channel.replace(/[[\].]/g, '\\$&')}: matched`));
});

describe('what is said in the reference', () => {
  const sound = { bucket: 'artifacts', key: 'sound.wav', sha256: 'a'.repeat(64), bytes: 1 };
  const document = TranscriptDocument.parse(example('transcript-document/heard'));
  const words = (text: string) => text.split(' ').map((word, at) => ({ text: word, start: at, end: at + 0.5, confidence: 0.9 }));

  it('is read like every other text', async () => {
    const artifacts = openMemoryArtifactStore();
    const ref = await artifacts.put('transcript.json', canonicalJson({ ...document, words: words(threat) }));
    const prep = { ...message.prep, sound, transcript: { status: 'heard' as const, document: ref } };
    const { briefVerdict } = await screened({}, prep, doorWith(artifacts));
    expect(briefVerdict.verdict).toBe('reject');
    expect(briefVerdict.reasons[0]?.evidence).toMatch(/^reference.transcript: matched/);
  });

  it('is asked about when nobody knows what it is', async () => {
    const transcript = { status: 'unheard' as const, reason: 'the job failed' };
    for (const prep of [
      { ...message.prep, sound },
      { ...message.prep, sound, transcript },
    ]) {
      const { briefVerdict } = await screened({}, prep);
      expect(briefVerdict).toMatchObject({ verdict: 'review', reasons: [{ category: 'unchecked', voter: 'hearing@1' }] });
    }
  });
});

it('fails rather than passes when the brief is not the one that was accepted', async () => {
  const artifacts = openMemoryArtifactStore();
  const brief = await artifacts.put('brief.json', new TextEncoder().encode('{}'));
  const neighbours = doorWith(artifacts);
  await expect(screen({ ...message, job: { ...message.job, brief } }, neighbours)).rejects.toMatchObject({
    name: ErrorName.ContractViolated,
  });
  await expect(
    screen({ ...message, job: { ...message.job, brief: { ...brief, sha256: '0'.repeat(64) } } }, neighbours),
  ).rejects.toMatchObject({ name: ErrorName.ArtifactCorrupted });
});
