import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, toOklab } from '#domain/color/oklab';
import { dominantColors } from '#domain/prep/palette';

type Rgb = readonly [number, number, number];
const byte = fc.nat(255);
const rgb: fc.Arbitrary<Rgb> = fc.tuple(byte, byte, byte);
const picture = (pixels: readonly Rgb[]) => ({
  width: pixels.length,
  height: 1,
  channels: 3 as const,
  data: Uint8Array.from(pixels.flat()),
});

describe('OKLab', () => {
  it('gives every sRGB colour back', () => {
    fc.assert(
      fc.property(rgb, ([r, g, b]) => {
        const hex = toHex(toOklab(r, g, b));
        expect(hex).toBe(`#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the palette of a photo', () => {
  it('names the colours, most common first', () => {
    const pixels: Rgb[] = [...Array(60).fill([200, 30, 30]), ...Array(30).fill([20, 40, 160]), ...Array(10).fill([250, 250, 250])];
    expect(dominantColors(picture(pixels), 6)).toEqual(['#c81e1e', '#1428a0', '#fafafa']);
  });

  it('does not depend on where the pixels lie', () => {
    fc.assert(
      fc.property(fc.array(rgb, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (pixels, most) => {
        expect(dominantColors(picture(pixels.toReversed()), most)).toEqual(dominantColors(picture(pixels), most));
      }),
    );
  });

  it('holds at least one and at most as many colours as asked for, none twice', () => {
    fc.assert(
      fc.property(fc.array(rgb, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (pixels, most) => {
        const colors = dominantColors(picture(pixels), most);
        expect(colors.length).toBeGreaterThanOrEqual(1);
        expect(colors.length).toBeLessThanOrEqual(most);
        expect(new Set(colors).size).toBe(colors.length);
      }),
    );
  });

  it('leaves out what nobody sees', () => {
    const rgba = { width: 2, height: 1, channels: 4 as const, data: Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 0]) };
    expect(dominantColors(rgba, 6)).toEqual(['#ff0000']);
    expect(dominantColors({ ...rgba, data: new Uint8Array(8) }, 6)).toEqual(['#808080']);
  });
});
