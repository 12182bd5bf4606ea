import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blendInto, laterWeight } from '#domain/post/blend';
import { joints, overlapAdd, type Span } from '#domain/post/overlap-add';
import { NEAR } from '#domain/post/seam-score';

const BYTES = 7; // not a multiple of four: the last bytes take the other path

/** Window `w` shows the value `100 + 20 w + frame` at every byte, so a blend says which windows it is made of. */
const pixel = (window: number, frame: number): number => (100 + 20 * window + frame) % 256;
const windowFrames = (window: Span, index: number): Uint8Array[] =>
  Array.from({ length: window.end - window.start }, (_, n) => new Uint8Array(BYTES).fill(pixel(index, window.start + n)));

/** Windows of one shot the way planning cuts them: equal lengths, the last one pulled back. */
const shot = fc
  .record({ frames: fc.integer({ min: 2, max: 24 }), overlap: fc.integer({ min: 0, max: 10 }), length: fc.integer({ min: 1, max: 90 }) })
  .filter(({ frames, overlap }) => overlap < frames)
  .map(({ frames, overlap, length }) => {
    const stride = frames - overlap;
    const count = length <= frames ? 1 : Math.ceil((length - overlap) / stride);
    const windows = Array.from({ length: count }, (_, index) => {
      const end = count === 1 ? frames : Math.min(index * stride + frames, length);
      return { start: end - frames, end };
    });
    return { windows, overlap, length };
  });

async function joined({ windows, overlap, length }: { windows: Span[]; overlap: number; length: number }) {
  const out: number[] = [];
  let furthest = 0;
  const parts = joints(windows, overlap, length);
  const read = async function* (index: number, frames: number) {
    for (const [n, frame] of windowFrames(windows[index]!, index).slice(0, frames).entries()) {
      furthest = Math.max(furthest, windows[index]!.start + n + 1 - out.length);
      yield frame;
    }
  };
  for await (const frame of overlapAdd(parts, read)) {
    expect(new Set(frame).size).toBe(1);
    out.push(frame[0]!);
  }
  return { out, furthest };
}

it('gives every frame of the shot once, and each equals the windows blended one after another by the formula', async () => {
  await fc.assert(
    fc.asyncProperty(shot, async ({ windows, overlap, length }) => {
      const reference: number[] = [];
      for (const [index, window] of windows.entries()) {
        const ramp = index === 0 ? 0 : Math.min(overlap, windows[index - 1]!.end - window.start);
        for (let frame = window.start; frame < Math.min(window.end, length); frame++) {
          const step = frame - window.start;
          const weight = step < ramp ? Math.round((256 * (step + 1)) / (ramp + 1)) : 256;
          reference[frame] = ((reference[frame] ?? 0) * (256 - weight) + pixel(index, frame) * weight + 128) >> 8;
        }
      }
      expect((await joined({ windows, overlap, length })).out).toEqual(reference);
    }),
  );
});

it('passes frames outside the ramps through untouched', async () => {
  const windows = [
    { start: 0, end: 10 },
    { start: 6, end: 16 },
  ];
  const { out } = await joined({ windows, overlap: 4, length: 16 });
  expect(out.slice(0, 6)).toEqual([100, 101, 102, 103, 104, 105]);
  expect(out.slice(10)).toEqual([130, 131, 132, 133, 134, 135]);
});

it('holds no more frames than two ramps and those looked at ahead, however long the shot is', async () => {
  const overlap = 5;
  const windows = Array.from({ length: 60 }, (_, index) => ({ start: index * 15, end: index * 15 + 20 }));
  const { furthest } = await joined({ windows, overlap, length: 905 });
  expect(furthest).toBeLessThanOrEqual(2 * overlap + NEAR + 1);
});

it('keeps a short ramp when the last window was pulled far back', () => {
  const parts = joints(
    [
      { start: 0, end: 49 },
      { start: 41, end: 90 },
      { start: 42, end: 91 },
    ],
    8,
    91,
  );
  expect(parts.map(({ ramp }) => ramp)).toEqual([0, 8, 8]);
  expect(parts.map(({ room }) => room)).toEqual([0, 8, 24]);
  expect(parts.map(({ read }) => read)).toEqual([49, 25, 49]); // repair may lengthen the last ramp to 24 frames
});

it('never reads frames past the end of the shot', () => {
  expect(joints([{ start: 0, end: 49 }], 8, 30)).toEqual([{ start: 0, ramp: 0, room: 0, ahead: 0, read: 30, settledBefore: 30 }]);
});

it('refuses windows that leave a gap, do not reach the end, or run backwards', () => {
  expect(() =>
    joints(
      [
        { start: 0, end: 10 },
        { start: 11, end: 20 },
      ],
      0,
      20,
    ),
  ).toThrow(/expected a start after 0 and at most 10, found 11/);
  expect(() => joints([{ start: 0, end: 10 }], 0, 20)).toThrow(/expected frames up to 20, found them up to 10/);
  expect(() =>
    joints(
      [
        { start: 0, end: 10 },
        { start: 0, end: 20 },
      ],
      2,
      20,
    ),
  ).toThrow(/found 0/);
});

it('says so when a window holds fewer frames than its joint needs', async () => {
  const parts = joints([{ start: 0, end: 3 }], 0, 3);
  const run = async () => {
    for await (const _ of overlapAdd(parts, async function* () {
      yield new Uint8Array(4);
    }))
      void _;
  };
  await expect(run()).rejects.toThrow(/expected 3 frames, found 1/);
});

it('blends any two frames byte by byte, and equal frames to themselves', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(bytes, bytes, fc.integer({ min: 0, max: 256 }), (a, b, weight) => {
      const size = Math.min(a.length, b.length);
      const earlier = a.slice(0, size);
      const later = b.slice(0, size);
      const expected = earlier.map((value, index) => (value * (256 - weight) + later[index]! * weight + 128) >> 8);
      const same = earlier.slice();
      blendInto(same, earlier.slice(), weight);
      expect(same).toEqual(earlier);
      blendInto(earlier, later, weight);
      expect(earlier).toEqual(expected);
    }),
  );
});

it('weighs the later window more with every step, never nothing and never all', () => {
  for (let ramp = 1; ramp <= 48; ramp++) {
    const weights = Array.from({ length: ramp }, (_, step) => laterWeight(step, ramp));
    expect(weights).toEqual([...new Set(weights)].sort((x, y) => x - y));
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights.at(-1)).toBeLessThan(256);
  }
});
