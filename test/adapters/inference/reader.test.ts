import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openPictureReader } from '#adapters/inference/picture-voters';
import { linesOf } from '#adapters/inference/text/boxes';
import { lettersOf, textOf } from '#adapters/inference/text/letters';
import { drawnTexts, folded } from '../../../bench/drawn-text.ts';
import { photo, photos, plain } from '../../../bench/photos.ts';

const reader = openPictureReader(fileURLToPath(new URL('../../../.framewright/models/', import.meta.url)));

it('reads at least 95 percent of the texts that a person can read, over photos, in several sizes, weights and colours', async () => {
  const missed: string[] = [];
  let count = 0;
  for await (const { picture, text, name } of drawnTexts(['Guns for sale', 'Summer sale 50% off'])) {
    const read = folded((await reader.read(picture)).map((line) => line.text).join(' '));
    count++;
    if (!read.includes(folded(text))) missed.push(name);
  }
  expect(count).toBeGreaterThan(40);
  expect(1 - missed.length / count, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
}, 300_000);

it.each(photos)('reads nothing in %s', async (file) => expect(await reader.read(await photo(file))).toEqual([]));

it('says where a line stands', async () => {
  const [line] = await reader.read(
    await photo(photos[0], '<text x="320" y="180" font-family="sans-serif" font-size="40" fill="#fff">HELLO</text>'),
  );
  expect(line).toMatchObject({ text: 'HELLO' });
  expect(line?.box.x).toBeGreaterThan(0.42);
  expect(line?.box.x).toBeLessThan(0.51);
  expect(line?.box.y).toBeGreaterThan(0.34);
  expect((line?.box.y ?? 1) + (line?.box.height ?? 1)).toBeLessThan(0.56);
});

it('reads a line that is turned by a quarter', async () => {
  const turned = '<text transform="translate(100 40) rotate(90)" font-family="sans-serif" font-size="40" fill="#fff">HELLO THERE</text>';
  expect((await reader.read(await photo('test/fixtures/photos/rocket.jpg', turned))).map(({ text }) => folded(text)).join('')).toContain(
    'there',
  );
});

it('reads nothing on a plain picture', async () => expect(await reader.read(plain(128))).toEqual([]));

it('finds boxes of what hangs together, and joins the pieces of one line', () => {
  const map = new Float32Array(100 * 50);
  const fill = (left: number, top: number, width: number, height: number, value = 0.9) => {
    for (let y = top; y < top + height; y++) map.fill(value, y * 100 + left, y * 100 + left + width);
  };
  fill(10, 10, 20, 6);
  fill(33, 11, 20, 6); // continues the line
  fill(10, 30, 20, 6); // another line
  fill(60, 30, 20, 6, 0.4); // looks a little like text
  fill(90, 5, 1, 1); // a speck
  const lines = linesOf(map, 100, 50);
  expect(lines).toHaveLength(2);
  expect(lines[0]!.left).toBeLessThan(10);
  expect(lines[0]!.left + lines[0]!.width).toBeGreaterThan(53);
  expect(() => linesOf(map, 100, 40)).toThrow('expected a map of 100x40');
});

it('drops repeats and nothings, keeps doubled letters, and is as sure as its letters are', () => {
  const letters = lettersOf('a\nb\n');
  expect(letters).toEqual(['', 'a', 'b', ' ']);
  const step = (letter: number, sure: number) => letters.map((_, index) => (index === letter ? sure : 0));
  const strip = Float32Array.from([step(1, 1), step(1, 0.9), step(0, 1), step(1, 0.5), step(3, 1), step(2, 0.5)].flat());
  expect(textOf(strip, letters)).toEqual({ text: 'aa b', confidence: 0.75 });
  expect(textOf(Float32Array.from(step(0, 1)), letters)).toEqual({ text: '', confidence: 0 });
  expect(() => textOf(new Float32Array(5), letters)).toThrow('expected probabilities of 4 letters');
});
