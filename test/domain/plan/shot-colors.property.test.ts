import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contrast, linearOf, luminance } from '#domain/plan/color';
import { ACCENT_CONTRAST, LIGHT_CONTRAST, shotColors } from '#domain/plan/shot-colors';

const color = fc.integer({ min: 0, max: 0xff_ff_ff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const palette = fc.array(color, { minLength: 1, maxLength: 8 });
/** Rounding to 8 bits a channel moves a ratio by less than this. */
const ROUNDING = 0.15;

it('gives every palette a stage dark enough, an accent that shows and a light that can be read', () => {
  fc.assert(
    fc.property(palette, palette, fc.nat(119), (brand, photo, shot) => {
      const [base, accent, light] = shotColors(brand, photo, shot).map(linearOf);
      expect(luminance(base!)).toBeLessThanOrEqual(0.075);
      expect(contrast(accent!, base!)).toBeGreaterThanOrEqual(ACCENT_CONTRAST - ROUNDING);
      expect(contrast(light!, base!)).toBeGreaterThanOrEqual(LIGHT_CONTRAST - ROUNDING);
    }),
  );
});

it('leaves brand colors that already work as they are', () => {
  expect(shotColors(['#2b1a12', '#d9a066', '#f6eee3'], [], 0)).toEqual(['#2b1a12', '#d9a066', '#f6eee3']);
});

it('takes the brand accents in turn, so that neighbouring shots differ', () => {
  const accents = [0, 1, 2].map((shot) => shotColors(['#101820', '#f2aa4c', '#e94f64', '#ffffff'], [], shot)[1]);
  expect(new Set(accents).size).toBe(3);
});
