import * as fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { pngOf } from '#adapters/media/pictures/png';
import type { Raster } from '#domain/ports';

const raster = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom<1 | 3 | 4>(1, 3, 4),
  })
  .chain(({ width, height, channels }) => {
    const length = width * height * channels;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data): Raster => ({ width, height, channels, data: new Uint8Array(data) }));
  });

it('writes PNG that another library reads back to the very same pixels', async () => {
  await fc.assert(
    fc.asyncProperty(raster, async (picture) => {
      const { data, info } = await sharp(await pngOf(picture))
        .toColourspace(picture.channels === 1 ? 'b-w' : 'srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height, info.channels]).toEqual([picture.width, picture.height, picture.channels]);
      expect(Buffer.compare(data, picture.data)).toBe(0);
    }),
  );
});

it('stays within what a service takes, even for a frame of pure noise', async () => {
  const data = new Uint8Array(640 * 640 * 3);
  let seed = 1;
  for (let at = 0; at < data.length; at++) {
    seed = (seed * 48_271) % 2_147_483_647;
    data[at] = seed >> 8;
  }
  expect((await pngOf({ width: 640, height: 640, channels: 3, data })).length).toBeLessThan(4_000_000);
});

it('refuses a picture whose bytes are not its size', async () => {
  await expect(pngOf({ width: 2, height: 2, channels: 3, data: new Uint8Array(11) })).rejects.toThrow('expected 12 bytes of 2x2, found 11');
});
