import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOut } from '#domain/prep/cutout';
import { keepLargeIslands } from '#domain/prep/islands';
import { judgeMask, LEAST_CONFIDENCE, maskNeedsReview } from '#domain/prep/mask-confidence';
import { boxMean, map, type Plane, plane, stretch } from '#domain/prep/plane';
import { refineMask } from '#domain/prep/refine-mask';
import { composed, discAlpha } from './drawn-photo.ts';

const planes = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: width * height, maxLength: width * height })
      .map((values) => plane(width, height, Float32Array.from(values))),
  );

describe('the mean around a pixel', () => {
  it('is the mean of the pixels around it that exist', () => {
    fc.assert(
      fc.property(planes, fc.integer({ min: 0, max: 12 }), (from, radius) => {
        const found = boxMean(from, radius);
        for (let y = 0; y < from.height; y++)
          for (let x = 0; x < from.width; x++) expect(found.data[y * from.width + x]).toBeCloseTo(meanAround(from, x, y, radius), 5);
      }),
    );
  });
});

describe('refining a mask', () => {
  const truth = discAlpha(480, 360, { x: 250, y: 170, radius: 110 });
  const photo = composed(truth, [180, 40, 30], [150, 120, 90]);
  /** What a network of 80 x 80 pixels knows, seen through a blur and pushed sideways by a pixel of its own. */
  const guess = boxMean(stretch(shifted(truth, 5), 80, 80), 1);

  it('finds the edge of the product that the small mask only guesses', () => {
    const refined = refineMask(guess, photo, photo);
    expect(error(stretch(guess, 480, 360), truth)).toBeGreaterThan(0.015);
    expect(error(refined, truth)).toBeLessThan(0.003);
  });

  it('keeps a highlight that looks like the background inside the product', () => {
    const highlight = discAlpha(480, 360, { x: 230, y: 160, radius: 14 });
    const lit = { ...photo, data: photo.data.slice() };
    highlight.data.forEach((share, i) => {
      if (share > 0) lit.data.set([150, 120, 90], i * 4);
    });
    const refined = refineMask(guess, lit, lit);
    expect(refined.data[160 * 480 + 230]).toBe(1);
  });

  it('drops specks far from the product', () => {
    const speck = discAlpha(480, 360, { x: 40, y: 40, radius: 8 });
    const both = map(truth, (value) => value);
    speck.data.forEach((value, i) => {
      both.data[i] = Math.max(both.data[i]!, value);
    });
    expect(keepLargeIslands(both, 0.02).data).toEqual(truth.data);
  });
});

describe('cutting the product out', () => {
  const [front, back] = [
    [180, 40, 30],
    [30, 200, 60],
  ] as const;
  const alpha = discAlpha(200, 160, { x: 100, y: 80, radius: 50 });
  const cutout = cutOut(composed(alpha, front, back), alpha);

  it('crops to the product and a margin', () => {
    expect([cutout.width, cutout.height]).toEqual([104, 104]);
    const alphas = cutout.data.filter((_, at) => at % 4 === 3);
    expect(Math.max(...alphas.subarray(0, 104))).toBe(0);
  });

  it('frees its edge, and what lies hidden under alpha 0, of the background', () => {
    let worst = 0;
    for (let at = 0; at < cutout.data.length; at += 4)
      for (let channel = 0; channel < 3; channel++) worst = Math.max(worst, Math.abs(cutout.data[at + channel]! - front[channel]!));
    expect(worst).toBeLessThanOrEqual(10); // of 160 between product and background; nobody sees 6 % of an edge pixel
  });

  it('keeps every pixel inside the product as it was photographed', () => {
    const noisy = composed(alpha, front, back);
    noisy.data.set([1, 2, 3], (80 * 200 + 100) * 4);
    const found = cutOut(noisy, alpha);
    expect([...found.data.subarray((52 * 104 + 52) * 4, (52 * 104 + 52) * 4 + 4)]).toEqual([1, 2, 3, 255]);
  });

  it('gives the whole photo when there is no product in it', () => {
    const photo = composed(alpha, front, back);
    expect(cutOut(photo, plane(200, 160))).toMatchObject({ width: 200, height: 160, data: photo.data });
  });
});

describe('how sure we are of a mask', () => {
  const judge = (mask: Plane) => judgeMask(mask, 'u2netp');

  it('is high for a product with a clear edge', () => {
    const clear = judge(discAlpha(320, 320, { x: 160, y: 160, radius: 100 }));
    expect(clear.confidence).toBeGreaterThan(0.95);
    expect(clear.coverage).toBeCloseTo((Math.PI * 100 ** 2) / 320 ** 2, 2);
    expect(maskNeedsReview(clear)).toBe(false);
  });

  it.each([
    ['nothing stands out', plane(320, 320)],
    ['everything does', map(plane(320, 320), () => 1)],
    ['the network shrugs', map(plane(320, 320), () => 0.5)],
    ['only a speck was found', discAlpha(320, 320, { x: 160, y: 160, radius: 10 })],
    ['the product was taken for the background', map(discAlpha(320, 320, { x: 160, y: 160, radius: 100 }), (value) => 1 - value)],
  ])('is low when %s, so that a person looks', (_, mask) => expect(maskNeedsReview(judge(mask))).toBe(true));

  it('stays within its contract for any mask', () => {
    fc.assert(
      fc.property(planes, (mask) => {
        const { confidence, coverage } = judge(mask);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('asks a person below the line and not on it', () => {
    const mask = { source: 'u2netp', coverage: 0.3 } as const;
    expect(maskNeedsReview({ ...mask, confidence: LEAST_CONFIDENCE })).toBe(false);
    expect(maskNeedsReview({ ...mask, confidence: LEAST_CONFIDENCE - 0.0001 })).toBe(true);
  });
});

function meanAround({ width, height, data }: Plane, x: number, y: number, radius: number): number {
  const values: number[] = [];
  for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++)
    for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column++)
      values.push(data[row * width + column]!);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shifted({ width, height, data }: Plane, by: number): Plane {
  const out = plane(width, height);
  for (let y = 0; y < height; y++) for (let x = by; x < width; x++) out.data[y * width + x] = data[y * width + x - by]!;
  return out;
}

/** Mean absolute difference. */
const error = (one: Plane, other: Plane): number =>
  one.data.reduce((sum, value, i) => sum + Math.abs(value - other.data[i]!), 0) / one.data.length;
