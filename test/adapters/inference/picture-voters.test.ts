import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openNsfwjsVoter } from '#adapters/inference/nsfwjs-voter';
import { openNsfwVoter } from '#adapters/inference/open-nsfw-voter';
import { openPictureReader, openPictureVoters } from '#adapters/inference/picture-voters';
import { openPaddleReader } from '#adapters/inference/text/paddle-reader';
import type { PictureVoter, Raster } from '#domain/ports';
import { photo, photos, plain } from '../../../bench/photos.ts';

const models = fileURLToPath(new URL('../../../.framewright/models/', import.meta.url));
const voters = openPictureVoters(models);

describe.each(voters.map((voter) => [voter.id, voter] as const))('%s', (_, voter) => {
  it.each(photos)('leaves %s alone', async (file) => {
    for (const { category, score, evidence } of await voter.look(await photo(file))) {
      expect(voter.categories).toContain(category);
      expect(score).toBeLessThan(0.45); // the line of doubt of all of them is higher
      expect(evidence).not.toBe('');
    }
  });

  it('says something about each of its categories, even of a picture of nothing', async () => {
    for (const value of [0, 128, 255]) {
      const votes = await voter.look(plain(value));
      expect(new Set(votes.map(({ category }) => category))).toEqual(new Set(voter.categories));
      for (const { score } of votes) expect(score).toBeLessThan(0.45);
    }
  });

  it('looks at pictures of any size and shape', async () => {
    for (const [width, height] of [
      [9, 640],
      [640, 90],
      [300, 300],
    ] as const)
      expect((await voter.look(plain(90, width, height))).every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  });
});

describe('a voter that cannot do its duty', () => {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const broken = join(folder, 'broken.onnx');
  writeFileSync(broken, readFileSync(join(models, 'nsfw-mobilenet.onnx')).subarray(0, 100_000));
  const other = join(models, 'text-detector.onnx');
  const all: readonly (readonly [string, (file: string) => PictureVoter])[] = [
    ['open-nsfw@1', (file) => openNsfwVoter(file)],
    ['nsfw-mobilenet@1', (file) => openNsfwjsVoter('nsfw-mobilenet@1', file)],
    ['nsfw-inception@1', (file) => openNsfwjsVoter('nsfw-inception@1', file)],
  ];

  it.each(all)('%s throws without its model, with half of it and with the model of somebody else', async (_, open) => {
    await expect(open('/nowhere/model.onnx').look(plain(90))).rejects.toThrow('/nowhere/model.onnx');
    await expect(open(broken).look(plain(90))).rejects.toThrow();
    await expect(open(other).look(plain(90))).rejects.toThrow();
  });

  const wrong: readonly (readonly [string, Raster])[] = [
    ['too few pixels', { ...plain(90), data: new Uint8Array(30) }],
    ['a mask', { width: 4, height: 4, channels: 1, data: new Uint8Array(16) }],
    ['no pixels', { width: 0, height: 0, channels: 3, data: new Uint8Array(0) }],
  ];
  it.each(wrong)('throws at %s', async (_, picture) => {
    for (const voter of voters) await expect(voter.look(picture)).rejects.toThrow();
    await expect(openPictureReader(models).read(picture)).rejects.toThrow();
  });

  it('a reader throws without its files, and with letters of another model', async () => {
    const files = { detector: other, reader: join(models, 'text-reader.onnx'), letters: join(models, 'text-letters.txt') };
    const few = join(folder, 'letters.txt');
    writeFileSync(few, 'a\nb\n');
    for (const name of ['detector', 'reader', 'letters'] as const)
      await expect(openPaddleReader({ ...files, [name]: '/nowhere/file' }).read(await photo(photos[0]!, 'HELLO'))).rejects.toThrow(
        '/nowhere/file',
      );
    await expect(openPaddleReader({ ...files, letters: few }).read(await photo(photos[0]!, 'HELLO'))).rejects.toThrow(/letters/);
  });
});
