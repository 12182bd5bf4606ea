import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shotSpans } from '#domain/plan/shot-spans';

const storyboard = fc.array(fc.double({ min: 0.5, max: 60, noNaN: true }), { minLength: 1, maxLength: 120 });
const fps = fc.constantFrom(12, 24, 25, 30);

it('keeps a clip within half a frame of its storyboard, however many shots it has', () => {
  fc.assert(
    fc.property(storyboard, fps, (seconds, rate) => {
      const last = shotSpans(seconds, rate).at(-1)!;
      const total = seconds.reduce((sum, length) => sum + length, 0);
      expect(Math.abs(last.start + last.frames - total * rate)).toBeLessThanOrEqual(0.5);
    }),
  );
});

it('puts shots end to end and gives every one at least a frame', () => {
  fc.assert(
    fc.property(storyboard, fps, (seconds, rate) => {
      let next = 0;
      for (const { start, frames } of shotSpans(seconds, rate)) {
        expect(start).toBe(next);
        expect(frames).toBeGreaterThanOrEqual(1);
        next = start + frames;
      }
    }),
  );
});

it('cuts 3 x 3.34 s at 24 fps where the sum says, not where each shot says', () => {
  expect(shotSpans([3.34, 3.34, 3.34], 24).map((span) => span.frames)).toEqual([80, 80, 80]);
  expect(shotSpans([3.35, 3.35, 3.35], 24).map((span) => span.frames)).toEqual([80, 81, 80]);
});
