import { describe, expect, it } from 'vitest';
import { flattened, hasMeaningfulAlpha } from '#domain/prep/alpha';

/** A picture of 100 pixels with these alphas. */
const picture = (alphas: readonly number[]) => ({
  width: 10,
  height: 10,
  channels: 4 as const,
  data: Uint8Array.from(Array.from({ length: 100 }, (_, i) => [10, 20, 30, alphas[i % alphas.length]!]).flat()),
});
const repeat = (alpha: number, count: number): number[] => Array(count).fill(alpha);

describe('an alpha channel', () => {
  it.each([
    ['a cutout', [...repeat(255, 60), ...repeat(0, 35), ...repeat(128, 5)], true],
    ['a photo saved with alpha', repeat(255, 100), false],
    ['a single stray pixel', [0, ...repeat(255, 99)], false],
    ['an empty layer', repeat(0, 100), false],
    ['a fade', [...repeat(255, 30), ...repeat(128, 40), ...repeat(0, 30)], false],
  ])('of %s', (_, alphas, meaningful) => expect(hasMeaningfulAlpha(picture(alphas))).toBe(meaningful));

  it('is laid on white where an opaque picture is needed', () => {
    const { data, channels } = flattened(picture([255, 0, 128]));
    expect(channels).toBe(3);
    expect([...data.subarray(0, 9)]).toEqual([10, 20, 30, 255, 255, 255, 132, 137, 142]);
  });
});
