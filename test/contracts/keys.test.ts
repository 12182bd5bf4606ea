import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keys } from '#contracts/keys';
import { MAX_TAKES } from '#contracts/rework';

const preview = { tenant: 'acme', jobId: 'acme_0123456789abcdef01234567', tier: 'preview' as const };
const job = `tenants/acme/jobs/${preview.jobId}`;
const frames = { start: 0, end: 48 };
const size = { width: 640, height: 360 };

describe('keys of a take', () => {
  it('of the first are what they were before takes were counted', () => {
    expect(keys.plan(preview)).toBe(`${job}/preview/plan.json`);
    expect(keys.clip(preview, size)).toBe(`${job}/preview/clip-640x360.mp4`);
    expect(keys.poster(preview)).toBe(`${job}/preview/poster.png`);
    expect(keys.contactSheet(preview)).toBe(`${job}/preview/contact-sheet.png`);
    expect(keys.postDocument(preview)).toBe(`${job}/preview/post.json`);
    expect(keys.window(preview, { index: 3 }, frames)).toBe(`${job}/preview/shots/003/000000-000048.nut`);
    expect(keys.windowManifest(preview, { index: 3 }, frames)).toBe(`${job}/preview/shots/003/000000-000048.json`);
  });

  it('of a later clip are beside it, and its shots are where they were rendered', () => {
    const second = { ...preview, take: 2 };
    expect(keys.postDocument(second)).toBe(`${job}/preview-take2/post.json`);
    expect(keys.window(second, { index: 3 }, frames)).toBe(keys.window(preview, { index: 3 }, frames));
    expect(keys.window(second, { index: 3, take: 2 }, frames)).toBe(`${job}/preview/shots/003-take2/000000-000048.nut`);
  });

  it('never meet', () => {
    const place = fc.record({
      tier: fc.constantFrom('preview' as const, 'final' as const),
      take: fc.integer({ min: 1, max: MAX_TAKES }),
      index: fc.integer({ min: 0, max: 119 }),
      shotTake: fc.integer({ min: 1, max: MAX_TAKES }),
    });
    const all = ({ tier, take, index, shotTake }: { tier: 'preview' | 'final'; take: number; index: number; shotTake: number }) => {
      const of = { ...preview, tier, take };
      const shot = { index, take: shotTake };
      return {
        clip: [keys.plan(of), keys.clip(of, size), keys.poster(of), keys.contactSheet(of), keys.postDocument(of)],
        shot: [keys.window, keys.windowManifest, keys.windowContext, keys.windowCheckpoint].map((key) => key(of, shot, frames)),
      };
    };
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [a, b] = [all(one), all(other)];
        expect(new Set([...a.clip, ...a.shot]).size).toBe(9);
        const sameClip = one.tier === other.tier && one.take === other.take;
        const sameShot = one.tier === other.tier && one.index === other.index && one.shotTake === other.shotTake;
        expect(a.clip.some((key) => b.clip.includes(key))).toBe(sameClip);
        expect(a.shot.some((key) => b.shot.includes(key))).toBe(sameShot);
        expect([...a.clip].some((key) => b.shot.includes(key))).toBe(false);
      }),
    );
  });
});
