import { describe, expect, it } from 'vitest';
import { openStockWatermarkVoter } from '#adapters/inference/stock-watermark-voter';
import type { PictureReader, WrittenLine } from '#domain/ports';
import { OVERLAY_HEIGHT, OVERLAY_WIDTH, repetition } from '#domain/safety/clip/overlay';
import { watermarkWords } from '#domain/safety/clip/watermark-words';
import { photo, photos } from '../../../bench/photos.ts';

const blind: PictureReader = { id: 'blind@1', read: async () => [] };
const voter = openStockWatermarkVoter(blind);
const score = async (file: string, drawn?: string) => Math.max(...(await voter.look(await photo(file, drawn))).map((vote) => vote.score));

function tiled(across: number, down: number, turn: number, opacity: number): string {
  const marks: string[] = [];
  for (let y = -400; y < 800; y += down) for (let x = -400; x < 1_100; x += across) marks.push(`<text x="${x}" y="${y}">SAMPLE</text>`);
  return `<g transform="rotate(${turn} 320 180)" font-family="sans-serif" font-size="22" fill="#fff" fill-opacity="${opacity}">${marks.join('')}</g>`;
}

describe('a pattern over the whole picture', () => {
  it.each(photos)('is not seen in %s', async (file) => expect(await score(file)).toBeLessThan(0.4));

  it.each(photos)('is seen over %s, pale and turned', async (file) => {
    for (const [across, down, turn, opacity] of [
      [150, 70, -30, 0.25],
      [120, 60, 0, 0.3],
      [110, 90, -45, 0.3],
    ] as const)
      expect(await score(file, tiled(across, down, turn, opacity)), `${across} ${down} ${turn} ${opacity}`).toBeGreaterThan(0.5);
  });

  it('is not seen in noise, lines and plain pictures', () => {
    const area = OVERLAY_WIDTH * OVERLAY_HEIGHT;
    let seed = 1;
    const noise = Float32Array.from({ length: area }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 256;
    });
    expect(repetition(noise)).toBeLessThan(0.05);
    expect(repetition(new Float32Array(area).fill(90))).toBe(0);
    expect(repetition(Float32Array.from({ length: area }, (_, at) => ((at % OVERLAY_WIDTH) % 32 < 2 ? 200 : 90)))).toBeLessThan(0.05);
    expect(() => repetition(new Float32Array(10))).toThrow('expected 32768 values, found 10');
  });
});

describe('words', () => {
  const line = (text: string): WrittenLine => ({ text, confidence: 0.9, box: { x: 0, y: 0, width: 0.5, height: 0.1 } });
  const rules = (text: string) => watermarkWords([line(text)]).map(({ rule }) => rule);

  it.each([
    'shutterstock',
    'SHUTTERST0CK',
    'shuttersiock',
    'gettyimages',
    'Getty Images',
    'iStock',
    'adobe stock 1234',
    'dreamstlme.com',
    '123RF',
  ])('of an agency: %s', (text) => expect(rules(text)).toEqual(['agency']));
  it.each(['SAMPLE', 'Preview', 'sample sample', 'DO NOT COPY'])('that stand alone on what is not released: %s', (text) =>
    expect(rules(text)).toEqual(['alone']),
  );
  it.each(['(c) 2024 Jane Doe', '© Studio', 'Copyright Jane'])('that claim rights: %s', (text) => expect(rules(text)).toEqual(['claim']));
  it.each(['Free sample with every order', 'In stock now', 'Stocks and bonds', 'Morning Espresso', 'A preview of spring'])(
    'that sell: %s',
    (text) => expect(rules(text)).toEqual([]),
  );
  it('come with where they stand, beside the vote on the pattern', async () => {
    const reading = openStockWatermarkVoter({ id: 'r', read: async () => [line('shutterstock')] });
    const votes = await reading.look(await photo(photos[0]));
    expect(votes.map(({ rule }) => rule)).toEqual(['agency', 'overlay']);
    expect(votes[0]).toMatchObject({ category: 'third-party-watermark', score: 0.95, box: { width: 0.5 } });
  });

  it('are all that counts in frames that we made, and their absence is an answer too', async () => {
    const reads = (text: string) => openStockWatermarkVoter({ id: 'r', read: async () => (text ? [line(text)] : []) }, 'words');
    expect((await reads('shutterstock').look(await photo(photos[0]))).map(({ rule }) => rule)).toEqual(['agency']);
    expect(await reads('').look(await photo(photos[0]))).toMatchObject([{ category: 'third-party-watermark', score: 0 }]);
  });
});
