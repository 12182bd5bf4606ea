import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { PostOutput } from '#contracts/post';
import { BriefSafetyOutput } from '#contracts/safety-brief';
import { ClipSafetyOutput } from '#contracts/safety-clip';
import type { PictureReader } from '#domain/ports';
import { type Bench, benchOf } from '#lambdas/safety/open-panel';
import { screen as screenBrief } from '#lambdas/safety/screen-brief';
import { screen as screenClip } from '#lambdas/safety/screen-clip';
import { textModel } from '../../domain/safety/brief/readers.ts';
import { grey } from '../../domain/safety/world.ts';

const file = (path: string): Buffer => readFileSync(new URL(`../../../${path}`, import.meta.url));
const example = (path: string): unknown => JSON.parse(file(`contracts/examples/${path}.json`).toString());
const accepted = AcceptedBrief.parse(example('accepted-brief/coffee-spring'));
const rendered = PostOutput.parse(example('post-output/preview'));
const { reference: _, ...prep } = rendered.prep;
const now = () => new Date('2026-11-27T00:00:00.000Z');

/** A label that a person has to look at wherever nobody has answered for it. */
const LABEL = 'PRESIDENT OF COFFEE';
const reading = (...lines: readonly string[]): PictureReader => ({
  id: 'paddle-ocr-4@1',
  read: async () => lines.map((text) => ({ text, confidence: 0.9, box: { x: 0, y: 0, width: 1, height: 0.1 } })),
});
/** Who looks at pictures is not what this is about. */
const benchWith = (reader: PictureReader | undefined): Bench => {
  const bench = benchOf([], {}, { text: [], pictures: [], reader, sentences: textModel });
  return {
    ...bench,
    policy: (tenant) => ({ ...bench.policy(tenant), expected: { briefText: ['rules'], briefPictures: [], clip: [] } }),
  };
};

let artifacts: MemoryArtifactStore;
let judged: BriefSafetyOutput;

async function briefReadBy(reader: PictureReader | undefined): Promise<void> {
  artifacts = openMemoryArtifactStore();
  const brief = await artifacts.put('brief.json', new TextEncoder().encode(JSON.stringify(accepted)));
  const photo = { ...prep.photo, ref: await artifacts.put('photo.png', file('examples/briefs/coffee-spring/assets/coffee.png')) };
  const logo = prep.logo && {
    ...prep.logo,
    ref: await artifacts.put('logo.png', file('examples/briefs/coffee-spring/assets/logo.png')),
  };
  judged = BriefSafetyOutput.parse(
    await screenBrief(
      { job: { ...rendered.job, brief }, prep: { ...prep, photo, ...(logo && { logo }) } },
      { artifacts, pictures: openPictureCodec(), bench: async () => benchWith(reader), now },
    ),
  );
}
beforeEach(() => briefReadBy(reading(LABEL)));

/** What the door of the clip says when these lines stand on the screen. */
async function clipShowing(...lines: readonly string[]) {
  const { frames: count, output } = rendered.post.clips[0]!;
  const frames = async function* () {
    for (let frame = 5; frame < count; frame += 6) yield { frame, picture: grey };
  };
  const input = PostOutput.parse({ ...rendered, ...judged });
  const door = { artifacts, frames, bench: async () => benchWith(reading(...lines)), now };
  expect(output.fps).toBe(24); // every sixth frame is four a second
  return ClipSafetyOutput.parse(await screenClip(input, door)).clipVerdict;
}
const wordsKey = () => keys.briefWords(judged.job.tenant, judged.job.jobId, judged.briefVerdict.words ?? '');

describe('words on the label of a product', () => {
  it('are asked about once, at the brief, and not again at the clip', async () => {
    expect(judged.briefVerdict).toMatchObject({ verdict: 'review' });
    expect(judged.briefVerdict.reasons[0]?.evidence).toMatch(/^product.photo \(text in picture\): matched "president"/);
    expect(await clipShowing(LABEL)).toMatchObject({ verdict: 'allow', reasons: [] });
    expect((await clipShowing('VOTE FOR THE PRESIDENT')).reasons.map(({ category }) => category)).toContain('political');
  });

  it('are kept before the verdict that names them', () => {
    const written = [...artifacts.objects.keys()].filter((key) => key.startsWith('verdicts/'));
    expect(written).toEqual([wordsKey(), keys.verdict(judged.job.tenant, judged.job.jobId, 'brief')]);
  });

  it('cost nothing where nothing is written on the clip', async () => {
    artifacts.objects.delete(wordsKey());
    expect(await clipShowing()).toMatchObject({ verdict: 'allow' });
  });
});

describe('a clip with words on it waits for a person, who is told why,', () => {
  const asked = async (why: string) => {
    const { verdict, reasons } = await clipShowing(LABEL);
    expect(verdict).toBe('review');
    expect(reasons.find(({ category }) => category === 'unchecked')).toMatchObject({
      voter: 'brief',
      evidence: expect.stringContaining(why),
    });
  };

  it('when its brief was judged before words were kept', async () => {
    const { words: _, ...before } = judged.briefVerdict;
    judged = { ...judged, briefVerdict: before };
    await asked('found one of before they were kept');
  });

  it('when the words are gone, or not there yet', async () => {
    artifacts.objects.delete(wordsKey());
    await asked('found nothing');
  });

  it('when somebody wrote other words in their place', async () => {
    const other = new TextDecoder().decode(artifacts.objects.get(wordsKey())).replace(LABEL, 'BUY NOW');
    artifacts.objects.set(wordsKey(), new TextEncoder().encode(other));
    await asked('expected the words that the verdict on the brief names');
  });

  it('when they are garbage', async () => {
    artifacts.objects.set(wordsKey(), new Uint8Array(200).fill(7));
    await asked('expected the words that the verdict on the brief names');
  });

  it('when the photo is not the one that was read', async () => {
    const { photo } = judged.prep;
    judged = { ...judged, prep: { ...judged.prep, photo: { ...photo, ref: { ...photo.ref, sha256: '1'.repeat(64) } } } };
    await asked('expected the photo to have been read');
  });

  it('when the pictures could not be read at the brief', async () => {
    await briefReadBy({ id: 'paddle-ocr-4@1', read: () => Promise.reject(new Error('out of memory')) });
    expect(judged.briefVerdict.verdict).toBe('review');
    await asked('expected the photo to have been read');
  });
});
