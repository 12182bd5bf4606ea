import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPicture, checkReference } from '#domain/prep/check-asset';
import { LIMITS } from '#domain/prep/limits';
import { PICTURE_KINDS } from '#domain/prep/media-kind';
import { readPictureHeader } from '#domain/prep/picture-header';
import { jpegOf, pngOf, webpOf } from './picture-bytes.ts';

const check = (bytes: Uint8Array) => checkPicture('product.photo (a.png)', bytes, LIMITS.photo);

describe('a picture, before anything decodes it', () => {
  it('is described by its header', () => {
    expect(check(pngOf(600, 400))).toEqual({ kind: 'png', width: 600, height: 400 });
    expect(check(jpegOf(600, 400))).toEqual({ kind: 'jpeg', width: 600, height: 400 });
    expect(check(webpOf(600, 400))).toEqual({ kind: 'webp', width: 600, height: 400 });
  });

  it('is refused when its header claims more pixels than we decode, however small the file', () => {
    for (const bomb of [pngOf(60_000, 60_000), jpegOf(60_000, 60_000), webpOf(16_000, 16_000)]) {
      expect(bomb.length).toBeLessThan(200);
      expect(() => check(bomb)).toThrow(/expected at most 64 megapixels, found \d+ x \d+ pixels in its header/);
    }
  });

  it('is refused when it moves', () => {
    expect(() => check(pngOf(600, 400, [['acTL', [0, 0, 0, 2, 0, 0, 0, 0]]]))).toThrow('found an animation');
    expect(() => check(webpOf(600, 400, { animated: true }))).toThrow('found an animation');
  });

  it('is refused when a small JPEG asks for a thousand passes over a large picture', () => {
    expect(() => check(jpegOf(8_000, 8_000, { process: 0xc2, scans: 1_000 }))).toThrow('found a JPEG of 1000 scans');
  });

  it('is refused when a camera could not have written it', () => {
    expect(() => check(jpegOf(600, 400, { process: 0xc9 }))).toThrow('SOF9');
    expect(() => check(pngOf(0, 400))).toThrow('0 x 400');
    expect(() => check(jpegOf(600, 0))).toThrow('600 x 0');
    expect(() => check(pngOf(600, 400).subarray(0, 30))).toThrow('ends too early');
    expect(() => check(pngOf(20, 400))).toThrow('at least 64 pixels on the short side');
  });

  it('is refused with where it stands, what was expected and what was found', () => {
    expect(() => check(Uint8Array.from([0x47, 0x49, 0x46, 0x38]))).toThrow(
      expect.objectContaining({
        name: 'Asset.Rejected',
        message: 'product.photo (a.png): expected a PNG, JPEG or WebP picture, found a GIF',
      }),
    );
    expect(() => check(new Uint8Array(LIMITS.photo.bytes + 1))).toThrow('expected at most 20 MiB, found 20971521 bytes');
  });

  it('never makes the header reader fail otherwise, whatever the bytes', () => {
    const seeds = [pngOf(600, 400), jpegOf(600, 400), webpOf(600, 400)];
    const mutated = fc.record({
      seed: fc.constantFrom(...seeds),
      length: fc.nat(60),
      changes: fc.array(fc.tuple(fc.nat(59), fc.nat(255)), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(mutated, fc.constantFrom(...PICTURE_KINDS), ({ seed, length, changes }, kind) => {
        const bytes = Uint8Array.from(seed).subarray(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const reading = readPictureHeader(kind, bytes);
        expect('found' in reading || (reading.width > 0 && reading.height > 0)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a reference', () => {
  it('is never a picture', () => expect(() => checkReference('reference (m.mp4)', pngOf(600, 400))).toThrow('found a png picture'));
  it('is never a photo either way round', () => {
    const mp4 = Uint8Array.from('\0\0\0\x20ftypisom', (character) => character.charCodeAt(0));
    expect(checkReference('reference (m.mp4)', mp4)).toBe('mp4');
    expect(() => check(mp4)).toThrow('found a mp4 file');
  });
});
