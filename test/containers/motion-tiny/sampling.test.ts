import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Canvas, canvasFor, MODEL_FRAMES, placesOf, STEPS } from '../../../containers/motion-tiny/canvas.ts';
import { carryOver } from '../../../containers/motion-tiny/carry-over.ts';
import { chanceOf } from '../../../containers/motion-tiny/chance.ts';
import { frameBytes, framesOfClip, pairAt, writeFrames } from '../../../containers/motion-tiny/model-frames.ts';
import { nothingDrawn, sampleClip } from '../../../containers/motion-tiny/sampler.ts';
import { tokenIds } from '../../../containers/motion-tiny/tokenizer.ts';

const canvas: Canvas = { width: 8, height: 4 };
const clipOf = (value: (at: number) => number): Float32Array => Float32Array.from({ length: 3 * MODEL_FRAMES * 32 }, (_, at) => value(at));

describe('words as numbers', () => {
  it('are those of training: models/training/words.py says the same', () => {
    const said = tokenIds('Slow silk in brown and copper, with CREAM accents; moving left.');
    expect([...said].map(Number)).toEqual([3194, 2452, 3687, 836, 1362, 1055, 806, 3017, 3120, 3762, 306, ...Array(21).fill(0)]);
    expect([...tokenIds('light-sweep x2')].map(Number).slice(0, 4)).toEqual([2276, 2936, 816, 0]);
    expect([...tokenIds('Ünïcode ÉCLAIR')].map(Number).slice(0, 4)).toEqual([1504, 261, 537, 0]);
    expect(Number(tokenIds('confetti')[0])).toBe(1 + (536_857_517 % 4095));
  });

  it('are 32 whatever is said, none of them outside the vocabulary, and none where no word stands', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (text) => {
        const ids = [...tokenIds(text)].map(Number);
        expect(ids).toHaveLength(32);
        for (const id of ids) expect(id >= 0 && id < 4096).toBe(true);
      }),
    );
    expect([...tokenIds('!?')]).toEqual(Array(32).fill(0n));
    expect(tokenIds('w '.repeat(99))[31]).toBe(tokenIds('w')[0]);
  });
});

describe('the chance of a shot', () => {
  const all = ({ luck, scene, points }: ReturnType<typeof chanceOf>): number[] => [...luck, ...scene, ...points];

  it('is spread evenly from 0 to 1, and no number knows its neighbour', () => {
    const numbers = all(chanceOf(7));
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01); // four standard errors of 12,000 uniform numbers
    expect(numbers.every((value) => value >= 0 && value <= 1)).toBe(true);
    for (const lag of [1, 6, 32, 192]) {
      const together = numbers.slice(lag).reduce((sum, value, at) => sum + (value - 0.5) * (numbers[at]! - 0.5), 0);
      expect(Math.abs(together / numbers.length), `lag ${lag}`).toBeLessThan(0.004); // a twentieth of the variance
    }
  });

  it('depends on the seed alone', () => {
    expect(all(chanceOf(7))).toEqual(all(chanceOf(7)));
    expect(all(chanceOf(8))).not.toEqual(all(chanceOf(7)));
  });

  it('is the very numbers it has always been: others are another version of the component', () => {
    expect([...chanceOf(20_261_127).scene.subarray(0, 3)].map((value) => value.toFixed(6))).toEqual(['0.097925', '0.853081', '0.155584']);
  });
});

describe('a window', () => {
  const nowhere = async () => {};
  /** Frames whose every pixel is the moment, in tenths. */
  const clock = async (moments: Float32Array) => {
    const frames = new Float32Array(3 * moments.length * 32);
    moments.forEach((moment, at) => {
      for (let channel = 0; channel < 3; channel++)
        frames.fill(moment / 10, (channel * moments.length + at) * 32, (channel * moments.length + at + 1) * 32);
    });
    return frames;
  };
  const whole = (from: number) => sampleClip({ canvas, start: nothingDrawn(canvas), from, fps: 12, draw: clock, onStep: nowhere });

  it('shows the moments of its shot, one frame after another', async () => {
    const clip = await whole(2);
    for (let channel = 0; channel < 3; channel++)
      for (let frame = 0; frame < MODEL_FRAMES; frame++)
        expect(clip[(channel * MODEL_FRAMES + frame) * 32 + 5]).toBeCloseTo((2 + frame / 12) / 10, 6);
  });

  it('shows what the next one shows of the moments that both show', async () => {
    const [one, next] = [await whole(0), await whole(1)];
    for (let frame = 0; frame < 4; frame++) expect(one[(12 + frame) * 32]).toBe(next[frame * 32]);
  });

  it('from any of its steps ends in the same clip', async () => {
    const states: { step: number; clip: Float32Array }[] = [];
    const keep = async ({ step, clip }: { step: number; clip: Float32Array }) => void states.push({ step, clip: clip.slice() });
    const done = await sampleClip({ canvas, start: nothingDrawn(canvas), from: 3, fps: 12, draw: clock, onStep: keep });
    expect(states).toHaveLength(STEPS);
    for (const start of states) expect(await sampleClip({ canvas, start, from: 3, fps: 12, draw: clock, onStep: nowhere })).toEqual(done);
  });
});

it('measures places from the middle in short sides, whatever the shape', () => {
  const wide = placesOf({ width: 128, height: 72 });
  expect([...wide.subarray(0, 2)].map((value) => value.toFixed(4))).toEqual(['-0.8819', '-0.4931']);
  expect([...wide.subarray(-2)].map((value) => value.toFixed(4))).toEqual(['0.8819', '0.4931']);
  expect([...placesOf({ width: 72, height: 128 }).subarray(0, 2)].map((value) => value.toFixed(4))).toEqual(['-0.4931', '-0.8819']);
});

describe('kept frames', () => {
  it('are the nearest of 256 codes, and come back as they went', () => {
    const frames = new Uint8Array(MODEL_FRAMES * frameBytes(canvas)).map((_, at) => (at * 31) % 256);
    const clip = clipOf(() => 0);
    writeFrames(clip, frames, canvas);
    expect(framesOfClip(clip, canvas)).toEqual(frames);
  });

  it('go to the upscaler two by two, the last with itself', () => {
    const size = frameBytes(canvas);
    const frames = new Uint8Array(MODEL_FRAMES * size).map((_, at) => Math.floor(at / size) * 10);
    const ends = (first: number) => [0, size].map((at) => Math.round((pairAt(frames, first, canvas)[at]! + 1) * 127.5));
    expect([ends(0), ends(7), ends(15)]).toEqual([
      [0, 10],
      [70, 80],
      [150, 150],
    ]);
  });

  it('are never made of what is no number', () => {
    expect(() =>
      framesOfClip(
        clipOf((at) => (at === 40 ? Number.NaN : 0)),
        canvas,
      ),
    ).toThrow('motion-tiny: expected numbers in frame 1, found NaN');
  });
});

it('paints a plate of any shape on the nearest canvas', () => {
  const shape = (width: number, height: number) => Object.values(canvasFor({ width, height })).join('x');
  expect([shape(640, 360), shape(360, 640), shape(360, 360)]).toEqual(['128x72', '72x128', '96x96']);
  expect([shape(360, 450), shape(840, 360), shape(400, 360)]).toEqual(['96x96', '128x72', '96x96']);
});

describe('what is carried over a join', () => {
  const context = new Uint8Array(4 * frameBytes(canvas)).fill(200);
  const at = (clip: Float32Array, frame: number) => clip[frame * 32 + 5]!;

  it('lets the first new frame begin where the context ended and spreads the jump over eight frames', () => {
    const clip = clipOf(() => -0.5);
    carryOver(clip, context, canvas);
    const shown = [200 / 127.5 - 1, ...Array.from({ length: 12 }, (_, frame) => at(clip, 4 + frame))];
    const jump = 200 / 127.5 - 1 + 0.5;
    const steps = shown.slice(1).map((value, index) => Math.abs(value - shown[index]!));
    expect(Math.max(...steps)).toBeCloseTo(jump / 8, 5);
  });

  it('changes as much at the join as the window itself does after it', () => {
    const clip = clipOf((index) => 0.02 * (Math.floor(index / 32) % MODEL_FRAMES));
    const change = at(clip, 5) - at(clip, 4);
    carryOver(clip, context, canvas);
    expect(at(clip, 4) - (200 / 127.5 - 1)).toBeCloseTo(change, 5);
  });

  it('leaves a window that continues exactly as it is, and never touches what the next one starts from', () => {
    const exact = clipOf(() => 200 / 127.5 - 1);
    carryOver(exact, context, canvas);
    for (const value of exact) expect(value).toBeCloseTo(200 / 127.5 - 1, 6);
    const own = clipOf((index) => Math.sin(index));
    const before = own.slice();
    carryOver(own, context, canvas);
    for (let frame = 12; frame < MODEL_FRAMES; frame++) expect(at(own, frame)).toBe(at(before, frame));
  });
});
