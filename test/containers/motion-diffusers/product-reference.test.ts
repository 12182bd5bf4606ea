import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { productReference } from '../../../containers/motion-diffusers/product-reference.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'framewright-reference-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

it('shows the product in its own shape, whole, in the middle of white', async () => {
  const store = openMemoryArtifactStore();
  // Red, twice as high as wide, its left half transparent.
  const cutout = await sharp({ create: { width: 10, height: 20, channels: 4, background: '#ff000000' } })
    .composite([{ input: { create: { width: 5, height: 20, channels: 4, background: '#ff0000' } }, left: 5, top: 0 }])
    .png()
    .toBuffer();
  const ref = await store.put('tenants/acme/jobs/j/prep/cutout.png', cutout);
  const picture = { ref, width: 10, height: 20 };
  const prep = JSON.stringify({
    photo: picture,
    cutout: picture,
    thumbnail: picture,
    mask: { source: 'alpha', confidence: 1, coverage: 0.5 },
    photoPalette: ['#ff0000'],
  });
  const plate = { width: 64, height: 32 };
  const file = await productReference({ prep, plate, store, codec: openPictureCodec(), scratch });

  const body = readFileSync(file!);
  const line = body.indexOf('\n');
  expect(JSON.parse(body.subarray(0, line).toString())).toEqual({ ...plate, frames: 1 });
  const rgb = body.subarray(line + 1);
  expect(rgb.byteLength).toBe(64 * 32 * 3);
  const at = (x: number, y: number) => [...rgb.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3)];
  expect(at(2, 16)).toEqual([255, 255, 255]);
  expect(at(27, 16)).toEqual([255, 255, 255]); // the transparent half: 16 px wide in the middle, so 24 to 32
  expect(at(36, 1)).toEqual([255, 0, 0]);
  expect(at(36, 30)).toEqual([255, 0, 0]);
  expect(readdirSync(scratch)).toEqual(['reference']);
});

it('is none for a message without a product, and refuses one that is malformed', async () => {
  const asked = { plate: { width: 64, height: 32 }, store: openMemoryArtifactStore(), codec: openPictureCodec(), scratch };
  expect(await productReference({ ...asked, prep: undefined })).toBeUndefined();
  await expect(productReference({ ...asked, prep: '{' })).rejects.toThrow('FRAMEWRIGHT_PREP');
});
