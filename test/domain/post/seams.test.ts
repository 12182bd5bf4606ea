import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorDistance } from '#domain/post/color-drift';
import { SEAM_LIMIT, SEAM_TARGET } from '#domain/post/seam-score';
import { type Fault, joinedShot, picture, strided } from './planted-seams.ts';

/** Three windows of 31 frames that share 7, the way the default component makes them; the second one has the fault. */
const withFault = (fault: Fault) => ({
  ...{ windows: strided(3, 31, 7), overlap: 7, frames: 79 },
  draw: (window: number, frame: number) => picture(frame, window === 1 ? fault : {}),
});

describe('windows that continue each other cleanly', () => {
  it('are left untouched, bit for bit', async () => {
    const { shown, seams } = await joinedShot(withFault({}));
    expect(seams).toMatchObject({ joins: 2, repaired: 0 });
    expect(shown).toEqual((await joinedShot(withFault({}), false)).shown);
    expect(shown).toEqual(Array.from({ length: 79 }, (_, frame) => picture(frame)));
  });

  it('score about 1, with and without repair', async () => {
    const { seams } = await joinedShot(withFault({}));
    expect(seams.score).toBe(seams.unrepaired);
    expect(seams.score).toBeLessThanOrEqual(SEAM_TARGET);
    expect(seams.score).toBeGreaterThan(0.9);
  });

  it('are untouched too when they differ by less than is seen', async () => {
    const { seams, shown } = await joinedShot(withFault({ y: 4 }));
    expect(seams.repaired).toBe(0);
    expect(shown).toEqual((await joinedShot(withFault({ y: 4 }), false)).shown);
  });
});

it('leaves a join within the target as it came, even where repair would lower its score', async () => {
  const slight = { ...withFault({}), draw: (window: number, frame: number) => picture(frame, window > 0 ? { y: 7, contrast: 1.08 } : {}) };
  const { seams, shown } = await joinedShot(slight);
  expect(seams.worst?.unrepaired).toBeGreaterThan(1.02); // matched levels would score 1
  expect(seams.repaired).toBe(0);
  expect(shown).toEqual((await joinedShot(slight, false)).shown);
});

describe('a planted seam is found, and repair brings it under the target', () => {
  it.each<[string, Fault]>([
    ['a step of brightness', { y: 14 }],
    ['a step of contrast and brightness', { y: -12, contrast: 0.85 }],
    ['a step of color', { u: 9, v: -10 }],
  ])('%s: levels are matched', async (_, fault) => {
    const { seams } = await joinedShot(withFault(fault));
    expect(seams.unrepaired).toBeGreaterThan(SEAM_TARGET);
    expect(seams.worst?.unrepaired).toBeGreaterThan(1.15);
    expect(seams.repaired).toBe(2); // into the window and out of it again
    expect(seams.score).toBeLessThanOrEqual(SEAM_TARGET);
    expect(seams.worst?.score).toBeLessThanOrEqual(SEAM_TARGET);
  });

  it('a jump: the blend is lengthened where the windows share more frames', async () => {
    const windows = [
      { start: 0, end: 48 },
      { start: 20, end: 68 }, // pulled back: 28 frames are shared, though only 4 are blended
    ];
    const draw = (window: number, frame: number) => picture(frame, window === 1 ? { late: 0.6 } : {});
    const { seams, shown } = await joinedShot({ windows, overlap: 4, frames: 68, draw });
    expect(seams.unrepaired).toBeGreaterThan(SEAM_TARGET);
    expect(seams).toMatchObject({ joins: 1, repaired: 1 });
    expect(seams.score).toBeLessThanOrEqual(SEAM_TARGET);
    expect(shown[31]).not.toEqual(draw(1, 31)); // frames 20 to 31: three times the planned ramp
    expect(shown[32]).toEqual(draw(1, 32));
  });

  it('says where the worst one is, in frames of the clip', async () => {
    const { seams } = await joinedShot(withFault({ y: 14 }));
    expect(seams.worst).toMatchObject({ shot: 3 });
    expect([124, 148]).toContain(seams.worst?.frame); // the shot begins at frame 100, its windows at 24 and 48
  });

  it('leaves frames outside the levelled window as they came', async () => {
    const { shown } = await joinedShot(withFault({ y: 14 }));
    expect(shown.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, frame) => picture(frame)));
    expect(shown.at(-1)).not.toEqual(picture(78, { y: 14 }));
  });
});

describe('a seam that no repair hides', () => {
  const cut = { windows: strided(2, 24, 0), overlap: 0, frames: 48, draw: (w: number, f: number) => picture(f, w ? { y: 20 } : {}) };

  it('is an error with its place and its score: a hard cut between windows that differ', async () => {
    await expect(joinedShot(cut)).rejects.toThrow(
      expect.objectContaining({
        name: 'Seam.Visible',
        message: expect.stringMatching(
          /^shot 3 frame 24: expected a join that scores at most 1.05 \(1.5 at worst\), found [\d.]+ after repair/,
        ),
      }),
    );
  });

  it('is found though the later window first repeats the earlier one and jumps only when the blend is over', async () => {
    const late = (window: number, frame: number) => (window === 1 && frame >= 31 ? picture(frame, { late: 60 }) : picture(frame));
    await expect(joinedShot({ ...withFault({}), draw: late })).rejects.toThrow(/expected a join that scores at most/);
  });
});

describe('what is no seam', () => {
  it('is a still picture: no motion divides nothing, and it scores 1', async () => {
    const { seams } = await joinedShot({ ...withFault({}), draw: () => picture(0) });
    expect(seams).toMatchObject({ joins: 2, repaired: 0, score: 1, unrepaired: 1, drift: 0 });
  });

  it('is a flash that both windows draw at the same moment', async () => {
    const flash = (_: number, frame: number) => picture(frame, frame === 27 ? { y: 40 } : {});
    const { seams } = await joinedShot({ ...withFault({}), draw: flash });
    expect(seams).toMatchObject({ repaired: 0 });
    expect(seams.worst?.score).toBeLessThanOrEqual(1);
  });

  it('is a shot of one window', async () => {
    const { seams } = await joinedShot({ windows: [{ start: 0, end: 31 }], overlap: 7, frames: 20, draw: (_, frame) => picture(frame) });
    expect(seams).toEqual({ joins: 0, repaired: 0, score: 1, unrepaired: 1, drift: 0 });
  });
});

it('what is shown scores what the decision foresaw, whatever the windows', async () => {
  const fault = fc.record({ y: fc.integer({ min: -6, max: 6 }), late: fc.double({ min: 0, max: 2, noNaN: true }) });
  const shape = fc.record({
    overlap: fc.integer({ min: 1, max: 9 }),
    extra: fc.integer({ min: 10, max: 20 }),
    cut: fc.integer({ min: 0, max: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 2, maxLength: 4 }), shape, async (faults, { overlap, extra, cut }) => {
      const windows = strided(faults.length, 2 * overlap + extra, overlap);
      const frames = windows.at(-1)!.end - cut;
      const { seams } = await joinedShot({
        ...{ windows, overlap, frames, limit: Number.POSITIVE_INFINITY },
        draw: (window, frame) => picture(frame, faults[window]),
      });
      expect(seams.score).toBeLessThanOrEqual(Math.max(seams.unrepaired, 1) + 0.002);
      if (seams.repaired === 0) expect(seams.score).toBe(seams.unrepaired);
    }),
    { numRuns: 25 },
  );
});

describe('color drift', () => {
  it('is the largest distance in OKLab from a later window to the first of its shot', async () => {
    const { seams } = await joinedShot({
      ...{ windows: strided(3, 24, 0), overlap: 0, frames: 72 },
      draw: (window) => picture(0, { u: window }),
    });
    const mean =
      picture(0)
        .subarray(0, 64 * 36)
        .reduce((sum, value) => sum + value, 0) /
      (64 * 36);
    expect(seams.drift).toBeCloseTo(colorDistance([mean, 120, 140], [mean, 122, 140]), 3);
  });

  it('knows black from white, and equal colors from nothing', () => {
    expect(colorDistance([16, 128, 128], [235, 128, 128])).toBeCloseTo(1, 3);
    expect(colorDistance([90, 100, 150], [90, 100, 150])).toBe(0);
  });
});

it('gates at 1.5 and repairs from 1.05', () => expect([SEAM_TARGET, SEAM_LIMIT]).toEqual([1.05, 1.5]));
