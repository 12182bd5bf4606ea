import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, linearOf } from '#domain/plan/color';
import { shotColors } from '#domain/plan/shot-colors';
import { captionInk, layered } from '#domain/post/caption-ink';
import { gradedChroma, gradedLuma, grades } from '#domain/post/grade';
import { posterFrame, sheetFrames, timeCode } from '#domain/post/sample-frames';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the ink of a caption', () => {
  it('is readable on any palette: 4.5 : 1 over the accent, 3 : 1 over the brightest light', () => {
    // 4.45: whole 8-bit steps of color round the last hundredths away
    fc.assert(
      fc.property(fc.array(color, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 5 }), (palette, shot) => {
        const [base, accent, light] = shotColors(palette, [], shot);
        const { text, shade, shadeAlpha } = captionInk([base, accent, light]);
        expect(contrast(linearOf(text), linearOf(layered(shade, accent, shadeAlpha)))).toBeGreaterThanOrEqual(4.45);
        expect(contrast(linearOf(text), linearOf(layered(shade, light, shadeAlpha)))).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  it('shades no more than it must', () => {
    expect(captionInk(['#101010', '#303030', '#ffffff']).shadeAlpha).toBeLessThanOrEqual(
      captionInk(['#101010', '#e0e0e0', '#ffffff']).shadeAlpha,
    );
  });
});

describe('a grade', () => {
  it('keeps black black, white white and grey grey, and never turns a ramp around', () => {
    for (const grade of Object.values(grades)) {
      expect(gradedLuma(16, grade)).toBeCloseTo(16);
      expect(gradedLuma(235, grade)).toBeCloseTo(235);
      for (let y = 17; y <= 235; y++) expect(gradedLuma(y, grade)).toBeGreaterThan(gradedLuma(y - 1, grade));
      expect(Math.abs(gradedChroma(128, grade.shift.u, grade) - 128)).toBeLessThanOrEqual(2);
    }
  });
});

describe('the contact sheet', () => {
  it('takes at most sixteen different frames of the clip, in order and evenly spread', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 18_000 }), fc.constantFrom(12, 24, 25, 30), (frames, fps) => {
        const chosen = sheetFrames(frames, fps);
        expect(chosen.length).toBeLessThanOrEqual(16);
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen[0]).toBeGreaterThanOrEqual(0);
        expect(chosen.at(-1)).toBeLessThan(frames);
        const gaps = chosen.slice(1).map((frame, index) => frame - chosen[index]!);
        if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('shows twelve frames of a clip of fifteen seconds', () => expect(sheetFrames(360, 24)).toHaveLength(12));

  it('names a frame by minutes, seconds and the frame inside the second', () => {
    expect(timeCode(0, 24)).toBe('0:00.00');
    expect(timeCode(61 * 24 + 5, 24)).toBe('1:01.05');
  });
});

it('makes the poster from the sharpest frame, the first of equals', () => {
  expect(
    posterFrame([
      { frame: 3, sharpness: 1 },
      { frame: 9, sharpness: 7 },
      { frame: 12, sharpness: 7 },
    ]),
  ).toBe(9);
  expect(() => posterFrame([])).toThrow(/at least one/);
});
