import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEMPLATES } from '#contracts/brief';
import { MOTIFS } from '#contracts/plan';
import { fadeSeconds, masterGain } from '#domain/post/music/mastering';
import { scoreOf } from '#domain/post/music/score';
import { tinyPlan } from '../../../containers/post/tiny-render.ts';

const FPS = 24;
type Drawn = { frames: number; motif: (typeof MOTIFS)[number]; words: string };
const music = (template: (typeof TEMPLATES)[number], shots: readonly Drawn[]) => {
  const plan = tinyPlan(shots.map(({ frames }) => ({ frames })));
  return scoreOf({
    ...plan,
    template,
    fps: FPS,
    shots: plan.shots.map((shot, index) => ({ ...shot, ...shots[index], frames: shot.frames })),
  });
};
const shot = fc.record({
  frames: fc.integer({ min: 12, max: 240 }),
  motif: fc.constantFrom(...MOTIFS),
  words: fc.constantFrom('slow waves', 'steady waves', 'energetic waves', 'waves'),
});
const clip = fc.record({ template: fc.constantFrom(...TEMPLATES), shots: fc.array(shot, { minLength: 1, maxLength: 8 }) });

describe('the music of a clip', () => {
  it('brings a new chord with every cut, and plays from the first frame to the last', () => {
    fc.assert(
      fc.property(clip, ({ template, shots }) => {
        const bass = music(template, shots).filter(({ voice }) => voice === 'bass');
        let cut = 0;
        for (const { frames } of shots) {
          expect(bass.some(({ at }) => Math.abs(at - cut) < 1e-9)).toBe(true);
          cut += frames / FPS;
        }
        for (const [index, { at, seconds }] of bass.entries()) expect(at + seconds).toBeCloseTo(bass[index + 1]?.at ?? cut, 9);
        for (const [index, { hertz }] of bass.entries()) if (index > 0) expect(hertz).not.toBe(bass[index - 1]!.hertz);
      }),
    );
  });

  it('plays only what a person hears, inside the clip', () => {
    fc.assert(
      fc.property(clip, ({ template, shots }) => {
        const end = shots.reduce((sum, { frames }) => sum + frames, 0) / FPS;
        for (const { at, seconds, hertz, level, pan } of music(template, shots)) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at + seconds).toBeLessThanOrEqual(end + 1e-9);
          expect(hertz).toBeGreaterThan(60);
          expect(hertz).toBeLessThan(4_000);
          expect(level).toBeLessThanOrEqual(1);
          expect(Math.abs(pan)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('moves faster where the pictures do', () => {
    const strokes = (words: string) =>
      music('product-hero', [{ frames: 240, motif: 'confetti', words }]).filter(({ voice }) => voice === 'bell').length;
    expect(strokes('slow paper')).toBeLessThan(strokes('steady paper'));
    expect(strokes('steady paper')).toBeLessThan(strokes('fast paper'));
  });

  it('falls with the snow and leaves a calm gradient alone', () => {
    const snow = music('product-hero', [{ frames: 96, motif: 'snow', words: 'slow snow' }]).filter(({ voice }) => voice === 'bell');
    expect(snow.length).toBeGreaterThan(1);
    expect(snow[0]!.at).toBe(0);
    expect(snow[1]!.hertz).toBeLessThan(snow[0]!.hertz);
    const calm = music('product-hero', [{ frames: 96, motif: 'gradient', words: 'slow gradient' }]);
    expect(new Set(calm.map(({ voice }) => voice))).toEqual(new Set(['bass', 'pad']));
  });
});

describe('mastering', () => {
  it('brings a bed to -20 LUFS, unless its peaks would come too near to the top', () => {
    expect(masterGain({ lufs: -23, peakDb: -12 })).toBe(3);
    expect(masterGain({ lufs: -30, peakDb: -8 })).toBe(5);
    expect(masterGain({ lufs: Number.NaN, peakDb: Number.NEGATIVE_INFINITY })).toBe(0);
  });

  it('fades over a quarter of a clip that is too short for whole fades', () => {
    expect(fadeSeconds(15)).toBe(1);
    expect(fadeSeconds(2)).toBe(0.5);
  });
});
