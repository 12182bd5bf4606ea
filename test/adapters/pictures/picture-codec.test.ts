import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';

const pictures = openPictureCodec();
const chelsea = readFileSync(new URL('../../fixtures/photos/chelsea.png', import.meta.url));
const rocket = readFileSync(new URL('../../fixtures/photos/rocket.jpg', import.meta.url));

/** A picture whose left half is red and whose right half is blue. */
const halves = (width: number, height: number) =>
  sharp(Buffer.from(Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? [220, 20, 20] : [20, 20, 220])).flat()), {
    raw: { width, height, channels: 3 },
  });
const pixel = ({ data, width }: { data: Uint8Array; width: number }, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
const near = (found: readonly number[], expected: readonly number[], by: number) =>
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(by);
  });

describe('decoding a picture', () => {
  it('turns it upright as its EXIF says', async () => {
    const sideways = await halves(200, 100).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(); // show turned right by 90 degrees
    const upright = await pictures.decode(sideways, 2048);
    expect([upright.width, upright.height]).toEqual([100, 200]);
    near(pixel(upright, 50, 20), [220, 20, 20, 255], 6);
    near(pixel(upright, 50, 180), [20, 20, 220, 255], 6);
  });

  it('converts other colour spaces to sRGB', async () => {
    const wide = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c83c28' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(stored[0]).not.toBe(200); // the file really holds other numbers
    near(pixel(await pictures.decode(wide, 2048), 10, 10), [200, 60, 40, 255], 2);
  });

  it.each([
    [
      'grey',
      sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } })
        .toColourspace('b-w')
        .png(),
    ],
    [
      '16 bit',
      sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } })
        .toColourspace('rgb16')
        .png(),
    ],
    [
      'CMYK',
      sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } })
        .toColourspace('cmyk')
        .jpeg({ quality: 95 }),
    ],
    ['palette', sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } }).png({ palette: true })],
  ])('gives 8 bit RGBA from %s', async (_, file) => {
    const { width, channels, data } = await pictures.decode(await file.toBuffer(), 2048);
    expect([width, channels, data.length]).toEqual([64, 4, 64 * 64 * 4]);
    near([...data.subarray(0, 4)], [128, 128, 128, 255], 14); // inks do not hit a grey exactly
  });

  it('shrinks to the long side and never enlarges', async () => {
    const small = await pictures.decode(chelsea, 320);
    expect([small.width, small.height]).toEqual([320, 213]);
    const asIs = await pictures.decode(chelsea, 2048);
    expect([asIs.width, asIs.height]).toEqual([451, 300]);
  });

  it('refuses a picture that ends too early instead of filling it with grey', async () => {
    await expect(pictures.decode(chelsea.subarray(0, 100_000), 2048)).rejects.toThrow();
    await expect(pictures.decode(rocket.subarray(0, 50_000), 2048)).rejects.toThrow();
  });

  it('has no loader for an SVG, whatever it is called', async () => {
    const svg = readFileSync(new URL('../../fixtures/hostile/vector.png', import.meta.url));
    await expect(pictures.decode(svg, 2048)).rejects.toThrow();
  });
});

describe('encoding a picture', () => {
  it('leaves nothing of the upload but its pixels', async () => {
    const marked = await sharp(rocket)
      .withExif({ IFD0: { Artist: 'somebody-private' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    const polyglot = Buffer.concat([marked, Buffer.from('<script>payload</script>PK\x03\x04')]);
    const png = Buffer.from(await pictures.png(await pictures.decode(polyglot, 2048)));
    for (const trace of ['somebody-private', 'payload', 'PK\x03\x04', 'eXIf', 'iCCP', 'tEXt', 'iTXt'])
      expect(png.includes(trace)).toBe(false);
  });

  it('gives the same bytes for the same picture', async () => {
    const once = await pictures.png(await pictures.decode(chelsea, 320));
    expect(await pictures.png(await pictures.decode(chelsea, 320))).toEqual(once);
  });

  it('gives every pixel back', async () => {
    const raster = await pictures.decode(chelsea, 64);
    expect(await pictures.decode(await pictures.png(raster), 64)).toEqual(raster);
  });
});
