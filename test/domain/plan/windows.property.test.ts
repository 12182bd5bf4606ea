import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Motion } from '#contracts/component';
import { continuedWindows, planWindows, shotWindows } from '#domain/plan/windows';
import { joints } from '#domain/post/overlap-add';

const clip = fc
  .record({
    frameCount: fc.integer({ min: 1, max: 18_000 }),
    frames: fc.integer({ min: 2, max: 161 }),
    share: fc.double({ min: 0, max: 0.95, noNaN: true }),
  })
  .map(({ frameCount, frames, share }) => ({ frameCount, frames, overlap: Math.min(frames - 1, Math.floor(frames * share)) }));

describe('windows', () => {
  it('cover every frame, in order, and overlap enough to blend', () => {
    fc.assert(
      fc.property(clip, ({ frameCount, frames, overlap }) => {
        const windows = planWindows(frameCount, { frames, overlap });

        expect(windows[0]?.start).toBe(0);
        expect(windows.at(-1)?.end).toBe(frameCount);
        windows.slice(1).forEach((next, index) => {
          const previous = windows[index]!;
          expect(previous.end - next.start).toBeGreaterThanOrEqual(overlap);
          expect(next.start).toBeGreaterThan(previous.start);
        });
      }),
    );
  });

  it('all have the full length the model was trained on, when the shot is that long', () => {
    fc.assert(
      fc.property(clip, ({ frameCount, frames, overlap }) => {
        for (const { start, end } of planWindows(frameCount, { frames, overlap })) expect(end - start).toBe(Math.min(frames, frameCount));
      }),
    );
  });

  it('are as few as the overlap allows', () => {
    fc.assert(
      fc.property(clip, ({ frameCount, frames, overlap }) => {
        const windows = planWindows(frameCount, { frames, overlap });
        if (windows.length > 1) expect((windows.length - 1) * (frames - overlap) + overlap).toBeLessThan(frameCount);
      }),
    );
  });

  it('pull the last one back: 100 frames in windows of 48 that share 8 end with 52 to 100', () => {
    expect(planWindows(100, { frames: 48, overlap: 8 })).toEqual([
      { start: 0, end: 48 },
      { start: 40, end: 88 },
      { start: 52, end: 100 },
    ]);
  });

  it('refuse an overlap that would never advance', () => {
    expect(() => planWindows(100, { frames: 8, overlap: 8 })).toThrow('overlap 8 must be smaller than the window of 8 frames');
  });
});

describe('windows of a component with a temporal stride', () => {
  const strided = fc.record({
    frameCount: fc.integer({ min: 1, max: 2_000 }),
    quantum: fc.constantFrom(1, 4, 8),
    max: fc.integer({ min: 17, max: 121 }),
  });
  const motion = (quantum: number, max: number, min = 9): Motion => ({
    frameQuantum: quantum,
    windowFrames: { min, max },
    overlapFrames: 8,
    sizeMultiple: 16,
    aspects: ['any'],
    conditioning: [],
    continues: 'none',
    determinism: 'bytes',
    shortSide: { preview: 256, final: 480 },
  });

  it('have a length the model can make: one frame and whole strides, inside its range', () => {
    fc.assert(
      fc.property(strided, ({ frameCount, quantum, max }) => {
        for (const { start, end } of shotWindows(frameCount, motion(quantum, max))) {
          expect((end - start - 1) % quantum).toBe(0);
          expect(end - start).toBeGreaterThanOrEqual(9);
          expect(end - start).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  it('run past the end only of a shot that is shorter than one window, and by less than a stride beyond the least length', () => {
    fc.assert(
      fc.property(strided, ({ frameCount, quantum, max }) => {
        const windows = shotWindows(frameCount, motion(quantum, max));
        const beyond = windows.at(-1)!.end - frameCount;
        expect(beyond).toBeGreaterThanOrEqual(0);
        if (windows.length > 1) expect(beyond).toBe(0);
        else expect(beyond).toBeLessThan(Math.max(quantum, 9 - frameCount + quantum));
      }),
    );
  });

  it('refuse a range that holds no length the model can make', () => {
    expect(() => shotWindows(40, motion(8, 15, 11))).toThrow('expected a window of 1 + k * 8 frames between 11 and 15, found none');
  });
});

describe('windows of a component that continues the window before', () => {
  it('stand exactly a stride apart and share exactly the overlap, all at full length', () => {
    fc.assert(
      fc.property(clip, ({ frameCount, frames, overlap }) => {
        const windows = continuedWindows(frameCount, { frames, overlap });
        for (const [index, { start, end }] of windows.entries()) {
          expect(start).toBe(index * (frames - overlap));
          expect(end - start).toBe(frames);
        }
      }),
    );
  });

  it('reach the end of the shot, and none is there that brings no new frame', () => {
    fc.assert(
      fc.property(clip, ({ frameCount, frames, overlap }) => {
        const windows = continuedWindows(frameCount, { frames, overlap });
        expect(windows.at(-1)!.end).toBeGreaterThanOrEqual(frameCount);
        const before = windows.at(-2);
        if (before) expect(before.end).toBeLessThan(frameCount);
      }),
    );
  });

  it('may run past the end: post takes every frame of the shot from them and no other', () => {
    fc.assert(
      fc.property(clip, ({ frameCount, frames, overlap }) => {
        const parts = joints(continuedWindows(frameCount, { frames, overlap }), overlap, frameCount);
        const last = parts.at(-1)!;
        expect(last.start + last.read).toBe(frameCount);
      }),
    );
  });

  it('90 frames in windows of 31 that share 7 begin at every 24th frame', () => {
    expect(continuedWindows(90, { frames: 31, overlap: 7 }).map(({ start, end }) => `${start}-${end}`)).toEqual([
      ...['0-31', '24-55', '48-79', '72-103'],
    ]);
  });

  it('are what a component gets that says so, and no other', () => {
    const motion: Motion = {
      ...{ frameQuantum: 2, windowFrames: { min: 31, max: 31 }, overlapFrames: 7, sizeMultiple: 8, aspects: ['any'], conditioning: [] },
      ...{ determinism: 'bytes', shortSide: { preview: 180, final: 360 }, continues: 'context' },
    };
    expect(shotWindows(90, motion).at(-1)).toEqual({ start: 72, end: 103 });
    expect(shotWindows(90, { ...motion, continues: 'none' }).at(-1)).toEqual({ start: 59, end: 90 });
    expect(shotWindows(12, motion)).toEqual([{ start: 0, end: 31 }]);
  });
});
