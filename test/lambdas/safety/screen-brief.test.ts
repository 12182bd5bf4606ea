import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { ErrorName } from '#contracts/errors';
import { AcceptedBrief } from '#contracts/job';
import { PrepOutput } from '#contracts/prep';
import { BriefSafetyOutput } from '#contracts/safety-brief';
import { TranscriptDocument } from '#contracts/transcript';
import { canonicalJson } from '#domain/plan/canonical-json';
import { briefPolicy } from '#domain/safety/brief/policy';
import { screen } from '#lambdas/safety/screen-brief';

const example = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../contracts/examples/${path}.json`, import.meta.url), 'utf8'));
const accepted = AcceptedBrief.parse(example('accepted-brief/coffee-spring'));
const message = PrepOutput.parse(example('prep-output/coffee-spring'));

async function screened(change: Partial<AcceptedBrief['brief']>, prep = message.prep, artifacts = openMemoryArtifactStore()) {
  const document = { ...accepted, brief: { ...accepted.brief, ...change } };
  const brief = await artifacts.put('brief.json', new TextEncoder().encode(JSON.stringify(document)));
  return BriefSafetyOutput.parse(await screen({ job: { ...message.job, brief }, prep }, { artifacts, policy: briefPolicy() }));
}

it('adds a verdict to the message and nothing else', async () => {
  const output = await screened({});
  expect(output.briefVerdict).toEqual({
    verdict: 'allow',
    reasons: [],
    policy: { version: briefPolicy().version, sha256: briefPolicy().sha256 },
  });
  expect(Object.keys(output)).toEqual(['job', 'prep', 'briefVerdict']);
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
    const { briefVerdict } = await screened({}, prep, artifacts);
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
  const neighbours = { artifacts, policy: briefPolicy() };
  await expect(screen({ ...message, job: { ...message.job, brief } }, neighbours)).rejects.toMatchObject({
    name: ErrorName.ContractViolated,
  });
  await expect(
    screen({ ...message, job: { ...message.job, brief: { ...brief, sha256: '0'.repeat(64) } } }, neighbours),
  ).rejects.toMatchObject({ name: ErrorName.ArtifactCorrupted });
});
