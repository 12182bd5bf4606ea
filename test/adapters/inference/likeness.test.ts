import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aligned, squareAround } from '#adapters/inference/faces/alignment';
import { facesOf } from '#adapters/inference/faces/detections';
import { nearest, openLikenessVoter } from '#adapters/inference/faces/likeness-voter';
import { openModel } from '#adapters/inference/onnx-session';
import { scaled } from '#adapters/inference/pictures/scale';
import { LikenessDenyList } from '#contracts/likeness';
import { photo, photos } from '../../../bench/photos.ts';

const model = (name: string): string => fileURLToPath(new URL(`../../../.framewright/models/face-${name}.onnx`, import.meta.url));
const files = { detector: model('detector'), landmarks: model('landmarks'), embedding: model('embedding'), age: model('age') };
const FACE = 'test/fixtures/photos/astronaut.jpg';

const entry = (who: string, embedding: readonly number[]) => ({
  who,
  consent: { shown: 'refused', listed: 'agreed', recordedAt: '2026-01-01T00:00:00Z', recordedBy: 'legal', reference: 'case 1' },
  embeddings: [embedding],
});
const listOf = (...entries: unknown[]): LikenessDenyList => LikenessDenyList.parse(entries);
const nobody = Array.from({ length: 128 }, () => 0);

/** The embedding of the one face of a picture, found as the voter finds it. */
async function embeddingOf(file: string, drawn?: string): Promise<number[]> {
  const picture = await photo(file, drawn);
  const [columns, rows] = [13, 7];
  const boxes = await openModel(files.detector)(scaled(picture, columns * 32, rows * 32), [1, 3, rows * 32, columns * 32]);
  const { left, top, width, height } = facesOf(boxes, columns, rows)[0]!.region;
  const square = squareAround({ left: left * 640, top: top * 360, width: width * 640, height: height * 360 });
  const points = await openModel(files.landmarks)(scaled(picture, 112, 112, { region: square }), [1, 3, 112, 112]);
  return [...(await openModel(files.embedding)(scaled(picture, 150, 150, { region: aligned(points, square) }), [1, 3, 150, 150]))];
}

describe('faces', () => {
  it('are found, counted and given a box, and a grown-up is not taken for a minor', async () => {
    const votes = await openLikenessVoter(files, []).look(await photo(FACE));
    expect(votes[0]).toEqual({ category: 'public-figure', score: 0, evidence: '1 face, 0 people on the deny list' });
    expect(votes[2]).toMatchObject({ category: 'public-figure', score: 0.3, evidence: 'a face of somebody' });
    const minor = votes[3];
    expect(minor).toMatchObject({ category: 'minors', score: 0 });
    expect(minor?.box?.width).toBeGreaterThan(0.1);
  });

  it.each(photos)('are not found in %s', async (file) => {
    const votes = await openLikenessVoter(files, listOf(entry('somebody', nobody))).look(await photo(file));
    expect(votes.map(({ score }) => score)).toEqual([0, 0]);
    expect(votes[1]?.evidence).toBe('0 faces');
  });

  it('of people on the deny list are recognised, darker too, and those of others are not', async () => {
    const known = await embeddingOf(FACE);
    const dark = '<rect width="640" height="360" fill="#000" fill-opacity="0.35"/>';
    const score = async (list: LikenessDenyList) =>
      Math.max(
        ...(await openLikenessVoter(files, list).look(await photo(FACE, dark)))
          .filter(({ category }) => category === 'public-figure')
          .map((vote) => vote.score),
      );
    expect(await score(listOf(entry('a known person', known)))).toBeGreaterThan(0.6);
    expect(await score(listOf(entry('nobody', nobody)))).toBeLessThan(0.4);
  });
});

it('the nearest person of the list is named, and an embedding of another kind is refused', () => {
  const near = nobody.with(0, 0.1);
  expect(nearest(Float32Array.from(nobody), listOf(entry('far', nobody.with(0, 2)), entry('near', near)))).toMatchObject({ who: 'near' });
  expect(() => nearest(new Float32Array(64), listOf(entry('far', nobody)))).toThrow('expected 64 numbers of far, found 128');
});

it('a deny list without a record of consent is refused', () => {
  const { consent: _, ...unfounded } = entry('somebody', nobody);
  expect(LikenessDenyList.safeParse([unfounded]).success).toBe(false);
  expect(LikenessDenyList.safeParse([]).success).toBe(true);
});

it('an answer of another shape is an error, not a picture without faces', () => {
  expect(() => facesOf(new Float32Array(10), 13, 7)).toThrow('expected 5 boxes for each of 13x7 cells');
  expect(() => aligned(new Float32Array(10), { left: 0, top: 0, width: 1, height: 1 })).toThrow('expected 68 points');
});

it('throws without any of its models', async () => {
  for (const name of ['detector', 'landmarks', 'age'] as const)
    await expect(openLikenessVoter({ ...files, [name]: '/nowhere.onnx' }, []).look(await photo(FACE))).rejects.toThrow('/nowhere.onnx');
});
