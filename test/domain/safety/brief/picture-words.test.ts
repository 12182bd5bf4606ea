import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { keys } from '#contracts/keys';
import { BriefSafetyOutput, type BriefWords } from '#contracts/safety-brief';
import { canonicalJson } from '#domain/plan/canonical-json';
import { keepPictureWords, keptPictureWords } from '#domain/safety/brief/picture-words';

const example = new URL('../../../../contracts/examples/brief-safety-output/allow.json', import.meta.url);
const message = BriefSafetyOutput.parse(JSON.parse(readFileSync(example, 'utf8')));
const { tenant, jobId } = message.job;
const photo = message.prep.photo.ref.sha256;
const logo = message.prep.logo?.ref.sha256 ?? 'c'.repeat(64);
const read = (lines: readonly string[]): BriefWords['pictures'] => [
  { name: 'product.photo', file: photo, lines: [...lines] },
  { name: 'brand.logo', file: logo, lines: ['ACME'] },
];
const naming = (words: string | undefined): BriefSafetyOutput => ({ ...message, briefVerdict: { ...message.briefVerdict, words } });

describe('the words in the pictures of a brief', () => {
  it('are told to the screening of the clip as they were read, whatever they are', async () => {
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lines, async (texts) => {
        const store = openMemoryArtifactStore();
        const words = await keepPictureWords(store, message.job, read(texts));
        expect(await keptPictureWords(store, naming(words))).toEqual([texts.join('\n'), 'ACME']);
      }),
    );
  });

  it('are one object however often the brief is judged, and another when other words are read', async () => {
    const store = openMemoryArtifactStore();
    const first = await keepPictureWords(store, message.job, read(['Roast']));
    expect(await keepPictureWords(store, message.job, read(['Roast']))).toBe(first);
    expect(store.objects.size).toBe(1);
    expect(await keepPictureWords(store, message.job, read(['Toast']))).not.toBe(first);
    expect(await keptPictureWords(store, naming(first))).toContain('Roast');
  });

  it('are not believed when any byte of them is another', async () => {
    const words = await keepPictureWords(openMemoryArtifactStore(), message.job, read(['Roast']));
    const whole = canonicalJson({ schema: 'framewright/brief-words/v1', jobId, pictures: read(['Roast']) });
    const byte = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(byte, async ([at, change]) => {
        const store = openMemoryArtifactStore();
        const altered = whole.slice();
        altered[at]! ^= change;
        await store.put(keys.briefWords(tenant, jobId, words), altered);
        await expect(keptPictureWords(store, naming(words))).rejects.toThrow('expected the words that the verdict on the brief names');
      }),
    );
  });

  it('are not there for a verdict of before they were kept, nor when nothing was kept', async () => {
    const store = openMemoryArtifactStore();
    await expect(keptPictureWords(store, naming(undefined))).rejects.toThrow('found one of before they were kept');
    await expect(keptPictureWords(store, naming('7'.repeat(64)))).rejects.toThrow('found nothing');
  });

  it.each([
    ['is no JSON', 'hello', 'JSON'],
    ['is another document', '{"schema":"framewright/post/v1"}', 'framewright/brief-words/v1'],
  ])('are not believed when what the verdict names %s', async (_, text, why) => {
    const store = openMemoryArtifactStore();
    const bytes = new TextEncoder().encode(text);
    const { sha256 } = await store.put('anywhere', bytes);
    await store.put(keys.briefWords(tenant, jobId, sha256), bytes);
    await expect(keptPictureWords(store, naming(sha256))).rejects.toThrow(why);
  });

  it('are not believed when they are about another job, or about another picture than the clip shows', async () => {
    const store = openMemoryArtifactStore();
    const strange = canonicalJson({ schema: 'framewright/brief-words/v1', jobId: `${tenant}_${'0'.repeat(24)}`, pictures: read([]) });
    const { sha256 } = await store.put('anywhere', strange);
    await store.put(keys.briefWords(tenant, jobId, sha256), strange);
    await expect(keptPictureWords(store, naming(sha256))).rejects.toThrow(`expected words of ${jobId}`);
    for (const [missing, left] of [
      ['photo', read([]).slice(1)],
      ['logo', read([]).slice(0, 1)],
    ] as const) {
      const words = await keepPictureWords(store, message.job, left);
      await expect(keptPictureWords(store, naming(words))).rejects.toThrow(`expected the ${missing} to have been read`);
    }
  });
});
