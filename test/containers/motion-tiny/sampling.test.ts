import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Canvas, canvasFor, MODEL_FRAMES, SLOTS } from '../../../containers/motion-tiny/canvas.ts';
import { carryOver } from '../../../containers/motion-tiny/carry-over.ts';
import { frameBytes, framesOfClip, pairAt, writeFrames } from '../../../containers/motion-tiny/model-frames.ts';
import { gaussianNoise } from '../../../containers/motion-tiny/noise.ts';
import { sampleClip } from '../../../containers/motion-tiny/sampler.ts';
import { GUIDANCE, GUIDED_STEPS, noiseLevels, STEPS } from '../../../containers/motion-tiny/schedule.ts';
import { tokenIds } from '../../../containers/motion-tiny/tokenizer.ts';
import { logarithm } from '../../../containers/pixels/exact-math.ts';

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

describe('noise', () => {
  const noise = gaussianNoise(7, 200_000);

  it('is normally distributed', () => {
    const moment = (power: number) => noise.reduce((sum, value) => sum + value ** power, 0) / noise.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.01);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.01);
    expect(Math.abs(moment(3))).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.06);
    expect(Math.max(...noise.subarray(0, 100_000))).toBeGreaterThan(3.7); // one in 9,000 is beyond 3.7
  });

  it('does not know its neighbour', () => {
    for (const lag of [1, 2, 128, 9_216]) {
      let sum = 0;
      for (let at = 0; at + lag < noise.length; at++) sum += noise[at]! * noise[at + lag]!;
      expect(Math.abs(sum / noise.length), `lag ${lag}`).toBeLessThan(0.01);
    }
  });

  it('depends on the seed and the place alone', () => {
    expect(gaussianNoise(7, 1_000)).toEqual(noise.slice(0, 1_000));
    expect(gaussianNoise(8, 1_000)).not.toEqual(noise.slice(0, 1_000));
  });

  it('is the very bytes it has always been: other noise is another version of the component', () => {
    expect([...gaussianNoise(20_261_126, 4)]).toEqual([0.2398804873228073, 0.045255400240421295, -1.6116318702697754, 1.3549007177352905]);
  });

  it('takes logarithms as exact as the processor can say them', () => {
    for (const value of [1, 0.9999, Math.SQRT1_2, 0.5, 0.1, 1e-9]) expect(Math.abs(logarithm(value) - Math.log(value))).toBeLessThan(1e-14);
  });
});

describe('the noise levels', () => {
  it('fall from noise alone to the clip, most of them high, as in models/training/sampler.py', () => {
    expect(noiseLevels()).toEqual([1, 30 / 31, 12 / 13, 6 / 7, 3 / 4, 6 / 11, 0].map((level) => expect.closeTo(level, 12)));
  });
});

describe('a sample', () => {
  const start = { step: 0, clip: clipOf((at) => Math.sin(at)) };
  const nowhere = async () => {};

  it('is what the model sees in the end', async () => {
    const clean = clipOf((at) => ((at % 7) - 3) / 4);
    const predict = async () => clean;
    expect(await sampleClip({ canvas, start, context: undefined, predict, onStep: nowhere })).toEqual(clean);
  });

  it('goes from level to level in a straight line', async () => {
    const seen: number[] = [];
    const predict = async (clip: Float32Array, levels: Float32Array, words: string) => {
      if (words === 'told') seen.push(levels[0]!);
      return clip.map((value) => value * 0.5);
    };
    const states: Float32Array[] = [];
    await sampleClip({ canvas, start, context: undefined, predict, onStep: async ({ clip }) => void states.push(clip) });
    expect(seen).toEqual([...Float32Array.from(noiseLevels().slice(0, STEPS))]);
    const kept = noiseLevels()[1]!;
    expect(states[0]![1]).toBeCloseTo(0.5 * Math.sin(1) + 0.5 * Math.sin(1) * kept, 6);
    expect(states).toHaveLength(STEPS);
  });

  it('goes beyond what the model sees without words, in the first steps', async () => {
    const asked: string[] = [];
    const predict = async (_: Float32Array, __: Float32Array, words: string) => {
      asked.push(words);
      return clipOf(() => (words === 'told' ? 0.1 : 0.05));
    };
    const states: Float32Array[] = [];
    await sampleClip({ canvas, start, context: undefined, predict, onStep: async ({ clip }) => void states.push(clip) });
    expect(asked).toEqual(
      noiseLevels()
        .slice(0, STEPS)
        .flatMap((_, step) => (step < GUIDED_STEPS ? ['told', 'untold'] : ['told'])),
    );
    const kept = noiseLevels()[1]!;
    const beyond = 0.05 + GUIDANCE * 0.05;
    expect(states[0]![1]).toBeCloseTo(beyond + (Math.sin(1) - beyond) * kept, 6);
  });

  it('from any of its steps ends in the same clip', async () => {
    const predict = async (clip: Float32Array, levels: Float32Array) => clip.map((value, at) => Math.tanh(value + levels[at % SLOTS]!));
    const states: { step: number; clip: Float32Array }[] = [];
    const whole = await sampleClip({ canvas, start, context: undefined, predict, onStep: async (state) => void states.push(state) });
    for (const state of states)
      expect(await sampleClip({ canvas, start: state, context: undefined, predict, onStep: nowhere })).toEqual(whole);
  });

  it('shows the model a clean context at every step, and gives it back untouched', async () => {
    const context = new Uint8Array(4 * frameBytes(canvas)).map((_, at) => at % 256);
    const expected = clipOf(() => 0);
    writeFrames(expected, context, canvas);
    const isContext = (at: number) => Math.floor(at / 32) % MODEL_FRAMES < 4;
    const predict = async (clip: Float32Array, levels: Float32Array) => {
      expect([...levels.subarray(0, 2)]).toEqual([0, 0]);
      expect(levels[2]).toBeGreaterThan(0);
      for (let at = 0; at < clip.length; at++) if (isContext(at) && clip[at] !== expected[at]) expect.fail(`noise in the context at ${at}`);
      return clipOf(() => 0.25);
    };
    const done = await sampleClip({ canvas, start, context, predict, onStep: nowhere });
    expect(done.every((value, at) => value === (isContext(at) ? expected[at] : 0.25))).toBe(true);
    expect(framesOfClip(done, canvas).subarray(0, context.length)).toEqual(context);
  });

  it('stays between black and white', async () => {
    const done = await sampleClip({ canvas, start, context: undefined, predict: async () => clipOf((at) => at - 40), onStep: nowhere });
    for (const value of done) expect(Math.abs(value)).toBeLessThanOrEqual(1);
  });
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
