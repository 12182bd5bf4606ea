import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster } from '#domain/ports';
import { spanOfSamples } from '#domain/safety/clip/samples';
import { LARGEST_SHARE, openSampler, SHORTEST_EVENT } from '#domain/safety/clip/sampling';

/** Frames of one colour: enough to tell scenes apart. */
const plain = (value: number): Raster => ({ width: 4, height: 4, channels: 3, data: new Uint8Array(48).fill(value) });

/** Lengths from a few frames on, at the rates a brief can ask for. */
const clips = fc
  .record({ fps: fc.constantFrom(12, 24, 25, 30), frames: fc.oneof(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 3, max: 700 })) })
  .chain((clip) =>
    fc.record({ clip: fc.constant(clip), colours: fc.array(fc.nat(255), { minLength: clip.frames, maxLength: clip.frames }) }),
  );
/** A clip that holds still for a while, then changes: scenes of random length. */
const scenes = clips.map(({ clip, colours }) => ({ clip, colours: colours.map((_, frame) => colours[frame - (frame % 7)] ?? 0) }));

function sampled(clip: { fps: number; frames: number }, colours: readonly number[]): readonly number[] {
  const sampler = openSampler(clip);
  for (const colour of colours) sampler.choose(plain(colour));
  expect(sampler.seen).toBe(colours.length);
  return sampler.chosen;
}
const framesOf = (seconds: number, fps: number): number => Math.floor(seconds * fps);

describe('the frames that are looked at', () => {
  it('hold every event of a quarter of a second, wherever it is planted and whatever else goes on', () => {
    fc.assert(
      fc.property(fc.oneof(clips, scenes), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), ({ clip, colours }, where) => {
        const lasts = Math.min(clip.frames, framesOf(SHORTEST_EVENT, clip.fps));
        const from = Math.floor(where * (clip.frames - lasts + 1));
        const chosen = sampled(clip, colours);
        expect(chosen.some((frame) => frame >= from && frame < from + lasts)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('hold every one of events that follow each other without a pause', () => {
    fc.assert(
      fc.property(clips, ({ clip, colours }) => {
        const lasts = framesOf(SHORTEST_EVENT, clip.fps);
        const seen = new Set(sampled(clip, colours).map((frame) => Math.floor(frame / lasts)));
        for (let event = 0; (event + 1) * lasts <= clip.frames; event++) expect(seen).toContain(event);
      }),
    );
  });

  it('are at most 35 percent of the clip, however wildly it changes', () => {
    fc.assert(
      fc.property(fc.oneof(clips, scenes), ({ clip, colours }) => {
        const chosen = sampled(clip, colours);
        expect(chosen.length).toBeGreaterThan(0);
        expect(chosen.length).toBeLessThanOrEqual(LARGEST_SHARE * clip.frames);
        expect(chosen).toEqual([...new Set(chosen)].sort((one, other) => one - other));
      }),
      { numRuns: 200 },
    );
  });

  it('are one of a clip of one or two frames', () => {
    expect(sampled({ frames: 1, fps: 24 }, [0])).toEqual([0]);
    expect(sampled({ frames: 2, fps: 24 }, [0, 0])).toEqual([1]);
  });

  it('begin a scene: a flash of a single frame in a quiet clip is seen', () => {
    for (let flash = 6; flash < 48; flash++)
      expect(
        sampled(
          { frames: 48, fps: 24 },
          Array.from({ length: 48 }, (_, frame) => (frame === flash ? 255 : 0)),
        ),
      ).toContain(flash);
  });

  it('notice scenes that differ in colour alone', () => {
    const sampler = openSampler({ frames: 24, fps: 24 });
    const blue = new Uint8Array(48).map((_, index) => (index % 3 === 2 ? 255 : 0));
    const red = new Uint8Array(48).map((_, index) => (index % 3 === 0 ? 255 : 0));
    for (let frame = 0; frame < 24; frame++) sampler.choose({ width: 4, height: 4, channels: 3, data: frame < 14 ? blue : red });
    expect(sampler.chosen).toContain(14);
  });

  it('stand for spans that cover the clip without a hole, each with its own frame inside', () => {
    fc.assert(
      fc.property(scenes, ({ clip, colours }) => {
        const chosen = sampled(clip, colours);
        const spans = chosen.map((_, index) => spanOfSamples({ ...clip, sampled: chosen }, index, index));
        expect(spans[0]?.start).toBe(0);
        expect(spans.at(-1)?.end).toBe(clip.frames / clip.fps);
        spans.forEach((span, index) => {
          expect(span.start).toBeLessThanOrEqual(chosen[index]! / clip.fps);
          expect(span.end).toBeGreaterThan(chosen[index]! / clip.fps);
          if (index > 0) expect(span.start).toBeLessThanOrEqual(spans[index - 1]!.end);
        });
      }),
    );
  });
});
