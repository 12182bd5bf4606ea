import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PictureVoter, Raster } from '#domain/ports';
import { BROAD, FACES, FINE, lookingOnce, readingOnce } from '#domain/safety/clip/twins';

const WIDTH = 160;
const HEIGHT = 90;
function picture(paint: (x: number, y: number) => number, width = WIDTH): Raster {
  const data = new Uint8Array(width * HEIGHT * 3);
  for (let at = 0; at < width * HEIGHT; at++) data.fill(paint(at % width, Math.floor(at / width)), at * 3, at * 3 + 3);
  return { width, height: HEIGHT, channels: 3, data };
}
const flat = (value: number) => picture(() => value);

function counting() {
  let looks = 0;
  const voter: PictureVoter = {
    id: 'counting@1',
    categories: ['sexual'],
    sees: 'picture',
    look: async () => {
      looks++;
      if (looks === 2) throw new Error('out of memory');
      return [{ category: 'sexual', score: looks / 10, evidence: `look ${looks}` }];
    },
  };
  return { voter, looks: () => looks };
}

function reads() {
  let looks = 0;
  const counted = async () => {
    looks++;
    return [];
  };
  return { counted, looks: () => looks };
}

it('a twin inherits the votes of the picture that was looked at', async () => {
  const { voter, looks } = counting();
  const once = lookingOnce(voter, FINE);
  const first = await once.look(flat(100));
  expect(await once.look(flat(104))).toBe(first);
  expect(looks()).toBe(1);
  expect(once).toMatchObject({ id: 'counting@1', categories: ['sexual'], sees: 'picture' });
});

it('a look that failed is inherited by nobody, and neither is what was seen before it', async () => {
  const { voter, looks } = counting();
  const once = lookingOnce(voter, FINE);
  await once.look(flat(100));
  await expect(once.look(flat(200))).rejects.toThrow('out of memory');
  expect(await once.look(flat(100))).toEqual([{ category: 'sexual', score: 0.3, evidence: 'look 3' }]);
  await once.look(flat(200));
  expect(looks()).toBe(4);
});

it('slow change adds up: pictures are compared with one that was really looked at', async () => {
  const { counted, looks } = reads();
  const once = readingOnce({ id: 'r', read: counted });
  for (let value = 0; value < 100; value += 2) await once.read(flat(value));
  expect(looks()).toBe(Math.ceil(100 / (FINE.tolerance + 2)));
});

it('small letters that appear are new to a reader, and a cut is new to everybody', async () => {
  const letter = picture((x, y) => (x >= 40 && x < 46 && y >= 40 && y < 50 && x % 3 === 0 ? 200 : 100));
  for (const [sight, other, expected] of [
    [FINE, letter, 2],
    [BROAD, letter, 1],
    [BROAD, flat(140), 2],
  ] as const) {
    const { counted, looks } = reads();
    const once = readingOnce({ id: 'r', read: counted }, sight);
    await once.read(flat(100));
    await once.read(other);
    expect(looks()).toBe(expected);
  }
});

it('a picture of another size is never a twin', async () => {
  const { counted, looks } = reads();
  const once = readingOnce({ id: 'r', read: counted });
  await once.read(flat(100));
  await once.read(picture(() => 100, 80));
  expect(looks()).toBe(2);
});

it('a block that changed is seen wherever it lies, in pictures of any size, and one that hardly changed is not', async () => {
  const size = fc.integer({ min: 1, max: 170 });
  await fc.assert(
    fc.asyncProperty(
      size,
      size,
      fc.constantFrom(3 as const, 4 as const),
      fc.constantFrom(FINE, FACES, BROAD),
      fc.nat(),
      async (width, height, channels, sight, where) => {
        const across = Math.ceil(width / sight.block);
        const block = where % (across * Math.ceil(height / sight.block));
        const [left, top] = [(block % across) * sight.block, Math.floor(block / across) * sight.block];
        const raised = (by: number): Raster => {
          const data = new Uint8Array(width * height * channels).fill(100);
          for (let y = top; y < Math.min(height, top + sight.block); y++)
            data.fill(100 + by, (y * width + left) * channels, (y * width + Math.min(width, left + sight.block)) * channels);
          return { width, height, channels, data };
        };
        const { counted, looks } = reads();
        const once = readingOnce({ id: 'r', read: counted }, sight);
        for (const by of [0, sight.tolerance, sight.tolerance + 1]) await once.read(raised(by));
        expect(looks()).toBe(2);
      },
    ),
  );
});
