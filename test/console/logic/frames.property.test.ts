import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameAt, middleOfFrame, step, timecode } from '../../../console/logic/frames.ts';

const clock = fc.record({ fps: fc.constantFrom(12, 24, 25, 30), frames: fc.integer({ min: 1, max: 18_000 }) });

it('finds the frame again that it was sent to, at every rate', () => {
  fc.assert(
    fc.property(clock, fc.nat(), (of, place) => {
      const frame = place % of.frames;
      expect(frameAt(middleOfFrame(frame, of), of)).toBe(frame);
      expect(frameAt(frame / of.fps, of)).toBe(frame);
    }),
  );
});

it('steps by exactly one frame and never out of the clip', () => {
  fc.assert(
    fc.property(clock, fc.nat(), fc.constantFrom(-1, 1), (of, place, by) => {
      const frame = place % of.frames;
      const after = frameAt(step(middleOfFrame(frame, of), by, of), of);
      expect(after).toBe(Math.min(of.frames - 1, Math.max(0, frame + by)));
    }),
  );
});

it('writes times so that two frames differ', () => {
  expect(timecode(67.256)).toBe('1:07.26');
  expect(timecode(1 / 30)).not.toBe(timecode(2 / 30));
});
