import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAMERA_MOVES } from '#contracts/brief';
import { poseAt } from '#domain/post/motion';
import { cornerExpressions, type MovingShot, shown } from '../../../containers/post/expressions.ts';

/** Evaluates an ffmpeg expression made of numbers, + - * /, `between` and `exp`, which JavaScript reads the same way. */
const evaluate = (expression: string, values: Record<string, number>): number =>
  new Function('between', 'exp', ...Object.keys(values), `return ${expression};`)(
    (x: number, from: number, to: number) => (x >= from && x <= to ? 1 : 0),
    Math.exp,
    ...Object.values(values),
  );

const fps = 24;
const canvas = { width: 600, height: 500 };
const box = { x: 40, y: 30, width: 560, height: 420 };

const clip = fc
  .array(fc.record({ frames: fc.integer({ min: 1, max: 200 }), camera: fc.constantFrom(...CAMERA_MOVES) }), { minLength: 1, maxLength: 6 })
  .map((shots) => {
    let start = 0;
    return shots.map((shot): MovingShot => {
      const placed = { ...shot, start };
      start += shot.frames;
      return placed;
    });
  });

describe('the corner expressions of a product layer', () => {
  it('move the product exactly as the decided poses do, in any shot, on any frame', () => {
    fc.assert(
      fc.property(clip, fc.nat(), fc.nat(), (shots, pick, moment) => {
        const shot = shots[pick % shots.length]!;
        const frame = moment % shot.frames;
        const corners = cornerExpressions(shots, canvas, box, fps);
        const on = shot.start + frame + 1; // the filter counts from 1
        const [left, right, top, bottom] = [corners.left, corners.right, corners.top, corners.bottom].map((text) => evaluate(text, { on }));
        const pose = poseAt(shot.camera, frame, shot.frames, fps);
        expect(canvas.width / (right! - left!)).toBeCloseTo(pose.scale, 3);
        expect(canvas.height / (bottom! - top!)).toBeCloseTo(pose.scale, 3);
        // The drawn middle is shown `shift` away from the middle of the layer.
        const middleX = ((canvas.width / 2 - left!) / (right! - left!)) * canvas.width;
        const middleY = ((canvas.height / 2 - top!) / (bottom! - top!)) * canvas.height;
        expect(middleX - canvas.width / 2).toBeCloseTo(pose.shiftX * box.width, 2);
        expect(middleY - canvas.height / 2).toBeCloseTo(pose.shiftY * box.height, 2);
      }),
    );
  });

  it('stay sums: a clip of 120 shots nests no deeper than a clip of one', () => {
    const depth = (text: string): number => {
      let open = 0;
      let most = 0;
      for (const character of text) {
        if (character === '(') most = Math.max(most, ++open);
        if (character === ')') open--;
      }
      return most;
    };
    const shots = (count: number): MovingShot[] =>
      Array.from({ length: count }, (_, index) => ({ start: index * 48, frames: 48, camera: 'orbit' }));
    expect(depth(cornerExpressions(shots(120), canvas, box, fps).left)).toBe(depth(cornerExpressions(shots(1), canvas, box, fps).left));
  });
});

it('shows a layer in its own frames and no others, for every frame rate', () => {
  fc.assert(
    fc.property(fc.constantFrom(12, 24, 25, 30), fc.nat(17_000), fc.integer({ min: 1, max: 500 }), (rate, start, frames) => {
      const visible = (frame: number): number => evaluate(shown([{ start, frames }], rate), { t: frame / rate });
      expect([start - 1, start, start + frames - 1, start + frames].map(visible)).toEqual([0, 1, 1, 0]);
    }),
  );
});
