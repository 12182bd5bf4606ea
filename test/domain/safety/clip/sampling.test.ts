import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampling, spanOf } from '#domain/safety/clip/sampling';
import { basePolicy } from '#domain/safety/policy/effective';

const CLIP_POLICY = basePolicy();

/** Frame rates and lengths that a brief can ask for (contracts/brief.ts): half a second to ten minutes. */
const clips = fc
  .tuple(fc.constantFrom(12, 24, 25, 30), fc.double({ min: 0.5, max: 600, noNaN: true }))
  .map(([fps, seconds]) => ({ fps, frames: Math.round(seconds * fps) }));
const framesOf = (plan: { stride: number; offset: number; count: number }): number[] =>
  Array.from({ length: plan.count }, (_, index) => plan.offset + index * plan.stride);

describe('the frames that are looked at', () => {
  it('show anything that lasts half a second at least twice in a row', () => {
    fc.assert(
      fc.property(clips, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (clip, where) => {
        const lasts = Math.min(clip.frames, Math.floor(clip.fps / 2));
        const from = Math.floor(where * (clip.frames - lasts + 1));
        const seen = framesOf(sampling(clip, CLIP_POLICY.samplesPerSecond)).filter((frame) => frame >= from && frame < from + lasts);
        expect(seen.length).toBeGreaterThanOrEqual(CLIP_POLICY.persistence.hits);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are at most 35 percent of the clip, all inside it', () => {
    fc.assert(
      fc.property(clips, (clip) => {
        const frames = framesOf(sampling(clip, CLIP_POLICY.samplesPerSecond));
        expect(frames.length).toBeGreaterThan(0);
        expect(frames.length).toBeLessThanOrEqual(clip.frames * 0.35);
        expect(frames.at(-1)).toBeLessThan(clip.frames);
      }),
    );
  });

  it('are at least one, even of a single frame', () =>
    expect(sampling({ frames: 1, fps: 24 }, 4)).toEqual({ stride: 6, offset: 0, count: 1 }));

  it('stand for spans that cover the clip without a hole', () => {
    fc.assert(
      fc.property(clips, (clip) => {
        const plan = sampling(clip, CLIP_POLICY.samplesPerSecond);
        const spans = Array.from({ length: plan.count }, (_, index) => spanOf(index, plan, clip));
        expect(spans[0]?.start).toBe(0);
        expect(spans.at(-1)?.end).toBe(clip.frames / clip.fps);
        spans.slice(1).forEach((span, index) => {
          expect(span.start).toBeLessThanOrEqual(spans[index]!.end);
          expect(span.end).toBeGreaterThan(span.start);
        });
      }),
    );
  });
});
