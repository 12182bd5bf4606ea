import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Brief } from '#contracts/brief';
import { Component, type Motion } from '#contracts/component';
import { planDocument } from '#domain/plan/plan-document';
import { latentBytes, windowsTogether } from '#domain/plan/together';
import { joints } from '#domain/post/overlap-add';
import wan from '../../../containers/wan22-ti2v-5b/component.json' with { type: 'json' };

const MIB = 1 << 20;
const PLATE = { width: 1280, height: 704 };
const motion: Motion = {
  ...{
    frameQuantum: 4,
    windowFrames: { min: 5, max: 121 },
    overlapFrames: 1,
    sizeMultiple: 32,
    aspects: ['16:9'],
    conditioning: ['context'],
  },
  ...{ continues: 'context', determinism: 'decoded-frames', shortSide: { preview: 480, final: 704 } },
  coDenoising: { channels: 48, cellPixels: 16, mostBytes: 64 * MIB },
};

const shots = fc.record({
  frameCount: fc.integer({ min: 1, max: 1_500 }),
  quantum: fc.constantFrom(1, 4, 8),
  max: fc.integer({ min: 17, max: 121 }),
  min: fc.integer({ min: 1, max: 16 }),
  overlapFrames: fc.integer({ min: 1, max: 8 }),
});

describe('windows that are denoised together', () => {
  it('cover the shot in order, at lengths and places that the latent knows, and go no further than its last stride', () => {
    fc.assert(
      fc.property(shots, ({ frameCount, quantum, max, min, overlapFrames }) => {
        const can = { ...motion, frameQuantum: quantum, windowFrames: { min, max }, overlapFrames };
        const windows = windowsTogether(frameCount, PLATE, can);
        if (!windows) return;
        expect(windows[0]?.start).toBe(0);
        for (const { start, end } of windows) {
          expect(start % quantum).toBe(0);
          expect((end - start - 1) % quantum).toBe(0);
          expect(end - start).toBeGreaterThanOrEqual(min);
          expect(end - start).toBeLessThanOrEqual(max);
        }
        expect(windows.at(-1)!.end - frameCount).toBeGreaterThanOrEqual(0);
        expect(windows.at(-1)!.end - frameCount).toBeLessThan(quantum);
        const last = joints(windows, overlapFrames, frameCount).at(-1)!;
        expect(last.start + last.read).toBe(frameCount);
      }),
      // Two windows reach the end; a third would begin where the second does.
      { examples: [[{ frameCount: 18, quantum: 8, max: 17, min: 10, overlapFrames: 2 }]] },
    );
  });

  it('are chosen only while the latent of the whole shot has no more bytes than the component allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 122, max: 1_500 }), fc.integer({ min: 1, max: 200 }), (frameCount, mib) => {
        const coDenoising = { channels: 48, cellPixels: 16, mostBytes: mib * MIB };
        const together = windowsTogether(frameCount, PLATE, { ...motion, coDenoising });
        expect(together !== undefined).toBe(latentBytes(frameCount, PLATE, coDenoising, 4) <= mib * MIB);
      }),
    );
  });

  it('8 s at 24 a second: the second window is only as long as the shot asks', () => {
    expect(windowsTogether(192, PLATE, motion)).toEqual([
      { start: 0, end: 121 },
      { start: 120, end: 193 },
    ]);
  });

  it('a shot of 16 s of 1280x704 is denoised as one (62 MiB), one of 17 s is continued', () => {
    expect(latentBytes(16 * 24, PLATE, { channels: 48, cellPixels: 16, mostBytes: 0 }, 4)).toBe(48 * 97 * 80 * 44 * 4);
    expect(windowsTogether(16 * 24, PLATE, motion)).toBeDefined();
    expect(windowsTogether(17 * 24, PLATE, motion)).toBeUndefined();
  });

  it('are not needed where one window is enough, and not had from a component that cannot', () => {
    expect(windowsTogether(121, PLATE, motion)).toBeUndefined();
    const { coDenoising: _, ...continued } = motion;
    expect(windowsTogether(192, PLATE, continued)).toBeUndefined();
  });

  it('stand in the plan, where the preview is made as its final will be, shot by shot', () => {
    const brief = Brief.parse({
      ...{ schema: 'framewright/brief/v1', tenant: 'acme', campaign: 'spring', product: { name: 'Coffee', photo: 'photo.png' } },
      storyboard: [5, 12, 40].map((seconds) => ({ seconds, description: 'Silk flows' })),
      brand: { palette: ['#10243a', '#f2aa4c', '#ffffff'] },
    });
    const job = { jobId: 'acme_0123456789abcdef01234567', tenant: 'acme' };
    const [preview, final] = (['preview', 'final'] as const).map((tier) =>
      planDocument({ job, tier, brief, photoPalette: [], component: Component.parse(wan) }),
    );
    expect(final?.shots.map(({ together }) => together)).toEqual([undefined, true, undefined]);
    expect(preview?.shots).toEqual(final?.shots);
  });
});
