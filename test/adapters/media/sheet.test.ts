import sharp from 'sharp';
import { expect, it } from 'vitest';
import { onShadow, scaledPicture } from '#adapters/media/layers';
import { type ClipFrame, cellPicture, drawSheet, sharpnessOf } from '#adapters/media/sheet';
import { installedFonts } from '#adapters/media/text';

const striped = (period: number): ClipFrame => ({
  width: 480,
  height: 270,
  rgb: Uint8Array.from({ length: 480 * 270 * 3 }, (_, at) => (Math.floor((Math.floor(at / 3) % 480) / period) % 2 === 0 ? 30 : 220)),
});

it('calls fine stripes sharper than wide ones, and a plain frame not sharp at all', async () => {
  const plain = { width: 480, height: 270, rgb: new Uint8Array(480 * 270 * 3).fill(90) };
  expect(await sharpnessOf(striped(4))).toBeGreaterThan(await sharpnessOf(striped(40)));
  expect(await sharpnessOf(plain)).toBe(0);
});

it('lays frames out in rows of four, as a PNG', async () => {
  const picture = await cellPicture(striped(40));
  const sheet = await sharp(
    await drawSheet(
      Array.from({ length: 6 }, (_, n) => ({ picture, label: `0:0${n}.00   shot 1` })),
      installedFonts(),
    ),
  ).metadata();
  expect(sheet).toMatchObject({ format: 'png', width: 16 + 4 * 336, height: 16 + 2 * (180 + 30 + 16) });
});

it('keeps the pixels of the product: only scaled, over its own shadow', async () => {
  const png = await sharp({ create: { width: 50, height: 40, channels: 4, background: { r: 200, g: 40, b: 20, alpha: 1 } } })
    .png()
    .toBuffer();
  const picture = await scaledPicture(png, { width: 100, height: 80 });
  const { pixels } = await onShadow(picture, { width: 160, height: 140 }, { drop: 10, softness: 5, opacity: 0.5 });
  const at = (x: number, y: number) => [...pixels.subarray((y * 160 + x) * 4, (y * 160 + x) * 4 + 4)];
  expect(at(80, 70)).toEqual([200, 40, 20, 255]);
  expect(at(80, 114)[3]).toBeGreaterThan(60); // shadow below
  expect(at(80, 20)[3]).toBeLessThan(30); // and none above
  expect(at(2, 2)[3]).toBe(0);
});
