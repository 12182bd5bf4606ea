import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openU2netpSegmenter } from '#adapters/inference/u2netp-segmenter';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { openReferenceReader } from '#adapters/media/reference';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { openMemoryIntakeStore } from '#adapters/memory/intake-store';
import { Brief } from '#contracts/brief';
import { Prep } from '#contracts/prep';
import { normalizeAssets } from '#domain/prep/normalize-assets';

const local = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const pictures = openPictureCodec();
const segmenter = openU2netpSegmenter(local('.framewright/models/u2netp.onnx'));
const references = openReferenceReader({ ffmpeg: local('.framewright/media/ffmpeg'), ffprobe: local('.framewright/media/ffprobe') });
const coffee = readFileSync(local('examples/briefs/coffee-spring/assets/coffee.png'));
const logo = await sharp({ create: { width: 900, height: 300, channels: 4, background: { r: 192, g: 57, b: 43, alpha: 0.5 } } })
  .png()
  .toBuffer();

/** Uploads the files and prepares a brief that names them. */
async function prepare(files: { photo: Uint8Array; logo?: Uint8Array; reference?: Uint8Array }) {
  const [artifacts, intake] = [openMemoryArtifactStore(), openMemoryIntakeStore()];
  const assets = Object.fromEntries(
    Object.entries(files).map(([name, body]) => [`assets/${name}`, intake.upload(`acme/spring/assets/${name}`, body)]),
  );
  const brief = Brief.parse({
    schema: 'framewright/brief/v1',
    tenant: 'acme',
    campaign: 'spring',
    product: { name: 'Espresso', photo: 'assets/photo' },
    storyboard: [{ seconds: 3, description: 'a cup' }],
    brand: { palette: ['#c0392b'], ...(files.logo && { logo: 'assets/logo' }) },
    ...(files.reference && { reference: 'assets/reference' }),
  });
  const source = intake.upload('acme/spring/brief.json', '{}');
  const job = {
    jobId: `acme_${'0'.repeat(24)}`,
    tenant: 'acme',
    campaign: 'spring',
    acceptedAt: '2026-11-24T00:00:00.000Z',
    brief: await artifacts.put('brief', new Uint8Array(1)),
  };
  const neighbours = { artifacts, intake, pictures, segmenter, references };
  return { artifacts, run: () => normalizeAssets(job, { brief, source, assets }, neighbours) };
}

describe('preparing the example brief', () => {
  it('leaves the photo, the product, a thumbnail and the logo, and says what it saw', async () => {
    const { artifacts, run } = await prepare({ photo: coffee, logo });
    const prep = Prep.parse(await run());

    expect(prep.photo).toMatchObject({ width: 600, height: 400 });
    expect(prep.thumbnail).toMatchObject({ width: 320, height: 213 });
    expect(prep.logo).toMatchObject({ width: 512, height: 171 });
    expect(prep.mask).toMatchObject({ source: 'u2netp' });
    expect(prep.mask.confidence).toBeGreaterThan(0.9);
    expect(prep.mask.coverage).toBeCloseTo(0.476, 2);
    expect(prep.photoPalette).toHaveLength(6);
    expect([...artifacts.objects.keys()].filter((key) => key.includes('/prep/')).map((key) => key.split('/').at(-1))).toEqual([
      ...['photo.png', 'cutout.png', 'thumbnail.png', 'logo.png'],
    ]);
    const cutout = await sharp(artifacts.objects.get(prep.cutout.ref.key)!).metadata();
    expect(cutout).toMatchObject({ format: 'png', channels: 4, width: prep.cutout.width, height: prep.cutout.height });
    expect(prep.cutout.width).toBeGreaterThan(395); // the saucer is 402 pixels wide
    expect(prep.cutout.width).toBeLessThan(415);
  });

  it('gives the same bytes when it runs again', async () => {
    const { artifacts, run } = await prepare({ photo: coffee });
    const first = await run();
    const stored = new Map(artifacts.objects);
    expect(await run()).toEqual(first);
    expect(artifacts.objects).toEqual(stored);
  });
});

describe('preparing a photo that is cut out already', () => {
  it('takes its alpha for the mask and nothing that was hidden under it', async () => {
    const data = new Uint8Array(400 * 400 * 4);
    for (let i = 0; i < 400 * 400; i++) {
      const inside = Math.hypot((i % 400) - 200, Math.floor(i / 400) - 200) < 120;
      data.set(inside ? [30, 90, 200, 255] : [255, 0, 255, 0], i * 4);
    }
    const photo = await sharp(data, { raw: { width: 400, height: 400, channels: 4 } })
      .png()
      .toBuffer();
    const { artifacts, run } = await prepare({ photo });
    const prep = await run();
    expect(prep.mask.source).toBe('alpha');
    expect(prep.mask.confidence).toBeGreaterThan(0.9);
    expect(prep.photoPalette).toEqual(['#1e5ac8']);
    for (const picture of [prep.photo, prep.cutout]) {
      const pixels = await sharp(artifacts.objects.get(picture.ref.key)!).raw().toBuffer();
      expect(pixels.includes(Buffer.from([255, 0, 255]))).toBe(false);
    }
  });
});

describe('an asset that is not what it claims', () => {
  const hostile = (name: string): Uint8Array => readFileSync(local(`test/fixtures/hostile/${name}`));
  it.each([
    ['product.photo (assets/photo): expected a PNG, JPEG or WebP picture, found an SVG', { photo: hostile('vector.png') }],
    ['product.photo (assets/photo): expected a picture that decodes to its end, found ', { photo: coffee.subarray(0, 200_000) }],
    ['product.photo (assets/photo): expected at most 20 MiB, found 20971521 bytes', { photo: new Uint8Array(20 * 1024 * 1024 + 1) }],
    ['brand.logo (assets/logo): expected a PNG, JPEG or WebP picture, found an SVG', { photo: coffee, logo: hostile('vector.png') }],
    [
      'reference (assets/reference): expected an MP4, MOV, Matroska or WebM video, or an M4A, MP3, Ogg or WAV recording, found an HLS playlist',
      { photo: coffee, reference: hostile('playlist.mp4') },
    ],
    [
      'reference (assets/reference): expected a file that decodes, found ',
      { photo: coffee, reference: Buffer.from('\0\0\0\x20ftypisom and nothing else') },
    ],
  ])('is rejected: %s', async (message, files) => {
    const { run } = await prepare(files);
    await expect(run()).rejects.toThrow(expect.objectContaining({ name: 'Asset.Rejected', message: expect.stringContaining(message) }));
  });
});
