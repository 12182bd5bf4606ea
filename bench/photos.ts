import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Raster } from '#domain/ports';

/** Pictures of this repository, without a letter in them. */
export const photos = [
  'examples/briefs/coffee-spring/assets/coffee.png',
  'test/fixtures/photos/chelsea.png',
  'test/fixtures/photos/rocket.jpg',
] as const;

const WIDTH = 640;
const HEIGHT = 360;

/** One colour. */
export const plain = (value: number, width = WIDTH, height = HEIGHT): Raster => ({
  width,
  height,
  channels: 3,
  data: new Uint8Array(width * height * 3).fill(value),
});

/** A photo as a frame of a clip, with something drawn over it (SVG inside a canvas of 640 x 360), through JPEG as through an encoder. */
export async function photo(file: string, drawn = ''): Promise<Raster> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const shape = drawn.startsWith('<') ? drawn : `<text x="60" y="200" font-family="sans-serif" font-size="60" fill="#fff">${drawn}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${shape}</svg>`;
  const jpeg = await sharp(path)
    .removeAlpha()
    .resize(WIDTH, HEIGHT, { fit: 'cover' })
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 85 })
    .toBuffer();
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}
