import { expect, it } from 'vitest';
import { readLikenessList } from '#adapters/aws/likeness-list';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';

const KEY = 'faces/deny-list.json';
const entry = {
  who: 'file 2026-17',
  consent: {
    ...{ shown: 'refused', listed: 'agreed', recordedAt: '2026-11-01T00:00:00Z', recordedBy: 'legal', reference: 'archive 17' },
  },
  embeddings: [Array.from({ length: 128 }, (_, n) => n / 1000)],
};
async function listOf(text: string | undefined) {
  const store = openMemoryArtifactStore('acme-legal');
  if (text !== undefined) await store.put(KEY, new TextEncoder().encode(text), 'application/json');
  return readLikenessList(`s3://acme-legal/${KEY}`, () => store);
}

it('is read whole', async () => {
  expect((await listOf(JSON.stringify([entry]))).map(({ who }) => who)).toEqual(['file 2026-17']);
  expect(await listOf('[]')).toEqual([]);
});

it.each([
  ['is not there', undefined, /expected the deny list of faces at s3:\/\/acme-legal\/faces\/deny-list\.json, found nothing/],
  ['is no JSON', '[{', /deny-list\.json: expected JSON/],
  ['has a face of too few numbers', JSON.stringify([{ ...entry, embeddings: [[0.125]] }]), /embeddings/],
  ['has somebody without a record of consent', JSON.stringify([{ who: 'somebody', embeddings: entry.embeddings }]), /consent/],
])('stops the screening, in words, when it %s', async (_, text, error) => {
  await expect(listOf(text)).rejects.toThrow(error);
});

it('tells nothing of a face in its complaint', async () => {
  const complaint = await listOf(JSON.stringify([{ ...entry, embeddings: [[0.125]] }])).catch(String);
  expect(complaint).not.toContain('0.125');
});
