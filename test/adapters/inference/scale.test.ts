import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AS_IT_IS, type Region, scaled, whole } from '#adapters/inference/pictures/scale';
import type { Raster } from '#domain/ports';

const side = fc.integer({ min: 1, max: 60 });
const picture = fc
  .record({ width: side, height: side, channels: fc.constantFrom(3 as const, 4 as const), seed: fc.nat() })
  .map(({ seed, ...size }): Raster => {
    const data = Uint8Array.from({ length: size.width * size.height * size.channels }, (_, at) => ((at + 1) * (seed % 9_973) * 7_919) >> 5);
    return { ...size, data };
  });
/** Shares of the picture; a part of them reaches outside. */
const part = fc.record({ left: fc.double({ min: -0.5, max: 0.9, noNaN: true }), top: fc.double({ min: -0.5, max: 0.9, noNaN: true }) });
const regionOf = ({ width, height }: Raster, { left, top }: { left: number; top: number }): Region => ({
  left: left * width,
  top: top * height,
  width: width * 0.7,
  height: height * 0.7,
});

/** The mean of a colour over an area, pixel by pixel, as one would work it out on paper. */
function meanOf({ data, width, height, channels }: Raster, colour: number, { left, top, ...size }: Region): number {
  let [sum, covered] = [0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = Math.min(left + size.width, x + 1) - Math.max(left, x);
      const down = Math.min(top + size.height, y + 1) - Math.max(top, y);
      if (across <= 0 || down <= 0) continue;
      sum += across * down * data[(y * width + x) * channels + colour]!;
      covered += across * down;
    }
  return sum / covered;
}

it('a pixel of a smaller picture is the mean of what it covers', () => {
  fc.assert(
    fc.property(
      picture,
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (from, less, lower) => {
        const [width, height] = [Math.ceil(from.width * less), Math.ceil(from.height * lower)];
        const found = scaled(from, width, height);
        const [across, down] = [from.width / width, from.height / height];
        for (let at = 0; at < found.length; at++) {
          const [colour, pixel] = [Math.floor(at / (width * height)), at % (width * height)];
          const area = { left: (pixel % width) * across, top: Math.floor(pixel / width) * down, width: across, height: down };
          expect(found[at]).toBeCloseTo(meanOf(from, colour, area), 2); // the loops add up 32-bit floats
        }
      },
    ),
    { numRuns: 50 },
  );
});

it('stays between the darkest and the brightest, and keeps one colour as it is, also of what lies outside', () => {
  fc.assert(
    fc.property(picture, part, side, side, fc.nat(255), (from, shares, width, height, value) => {
      const region = regionOf(from, shares);
      const [least, most] = [Math.min(...from.data), Math.max(...from.data)];
      for (const number of scaled(from, width, height, { region })) {
        expect(number).toBeGreaterThanOrEqual(least - 0.001);
        expect(number).toBeLessThanOrEqual(most + 0.001);
      }
      const plain = { ...from, data: from.data.map(() => value) };
      for (const number of scaled(plain, width, height, { region })) expect(number).toBeCloseTo(value, 2);
    }),
  );
});

it('enlarging goes straight from one pixel to the next', () => {
  const two: Raster = { width: 2, height: 1, channels: 3, data: Uint8Array.from([0, 40, 80, 100, 40, 0]) };
  const found = [...scaled(two, 5, 1)].map((value) => Math.round(value));
  expect(found).toEqual([0, 10, 50, 90, 100, 40, 40, 40, 40, 40, 80, 72, 40, 8, 0]);
});

it('gives a network its colours in its order, less and over what it asks for', () => {
  fc.assert(
    fc.property(picture, part, side, side, (from, shares, width, height) => {
      const region = regionOf(from, shares);
      const plain = scaled(from, width, height, { region });
      const manner = { colours: 'bgr', by: 'pixels', less: [10, 20, 30], over: [2, 4, 8] } as const;
      const other = scaled(from, width, height, { region, manner });
      const reversed = scaled(from, width, height, { region, manner: { ...AS_IT_IS, colours: 'bgr' } });
      const area = width * height;
      for (let at = 0; at < area; at++)
        for (const colour of [0, 1, 2] as const) {
          const value = plain[colour * area + at]!;
          expect(reversed[(2 - colour) * area + at]).toBe(value);
          expect(other[3 * at + 2 - colour]).toBeCloseTo((value - manner.less[colour]) / manner.over[colour], 3);
        }
    }),
  );
});

describe('the memory that all scalings share', () => {
  it('leaves what was handed out alone', () => {
    fc.assert(
      fc.property(picture, picture, side, side, (one, other, width, height) => {
        const found = scaled(one, width, height);
        const copy = [...found];
        scaled(other, height, width, { region: { left: 0.5, top: 0.5, width: 3, height: 3 } });
        expect([...found]).toEqual(copy);
        expect([...scaled(one, width, height)]).toEqual(copy);
      }),
    );
  });

  it('holds nothing of the picture before: four white bytes are no number', () => {
    const white = (side: number): Raster => ({ width: side, height: side, channels: 3, data: new Uint8Array(side * side * 3).fill(255) });
    scaled(white(16), 16, 16);
    const [red] = scaled(white(40), 1, 1, { region: { left: 0, top: 0, width: 40, height: 1 } });
    expect(red).toBeCloseTo(255, 2);
  });

  it('grows for pictures of any size', () => {
    const large: Raster = { width: 2_048, height: 1_365, channels: 4, data: new Uint8Array(2_048 * 1_365 * 4).fill(77) };
    for (const number of scaled(large, 2, 2)) expect(number).toBeCloseTo(77, 2);
    expect(scaled(large, 1_024, 700)).toHaveLength(3 * 1_024 * 700);
  });
});

it('refuses masks, no pixels, and fewer pixels than the picture says', () => {
  const grey: Raster = { width: 4, height: 4, channels: 3, data: new Uint8Array(48) };
  expect(whole(grey)).toEqual({ left: 0, top: 0, width: 4, height: 4 });
  expect(() => scaled({ ...grey, channels: 1 }, 2, 2)).toThrow('one channel');
  expect(() => scaled({ ...grey, data: new Uint8Array(47) }, 2, 2)).toThrow('expected 48 bytes of 4x4, found 47');
  expect(() => scaled({ width: 0, height: 0, channels: 3, data: new Uint8Array(0) }, 2, 2)).toThrow('found 0');
});
