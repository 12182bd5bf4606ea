import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Brief, CAMERA_MOVES } from '#contracts/brief';
import { Component } from '#contracts/component';
import { PlanDocument } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import { planDocument } from '#domain/plan/plan-document';
import animatic from '../../../containers/animatic/component.json' with { type: 'json' };

const component = Component.parse(animatic);
const job = { jobId: 'acme_0123456789abcdef01234567', tenant: 'acme' };
const brief = Brief.parse({
  schema: 'framewright/brief/v1',
  tenant: 'acme',
  campaign: 'coffee-spring',
  product: { name: 'Coffee', photo: 'assets/photo.png' },
  storyboard: [
    { seconds: 3.5, description: 'Morning light on the table.', camera: 'push-in', caption: 'Wake up' },
    { seconds: 4, description: 'Espresso pours' },
    { seconds: 3.75, description: 'Steam rises', camera: 'tilt-up' },
    { seconds: 3.75, description: 'The box', camera: 'orbit' },
  ],
  brand: { palette: ['#2b1a12', '#d9a066', '#f6eee3'] },
});
const plan = (tier: 'preview' | 'final' = 'final', of: Brief = brief) =>
  planDocument({ job, tier, brief: of, photoPalette: ['#805030'], component });

describe('a plan', () => {
  it('fits its contract and is the same bytes every time', () => {
    expect(PlanDocument.parse(plan())).toEqual(plan());
    expect(Buffer.from(canonicalJson(plan())).equals(Buffer.from(canonicalJson(structuredClone(plan()))))).toBe(true);
  });

  it('is 360 frames for 15 s at 24 fps, shot after shot', () => {
    expect(plan().frames).toBe(360);
    expect(plan().shots.map(({ start, frames }) => [start, frames])).toEqual([
      [0, 84],
      [84, 96],
      [180, 90],
      [270, 90],
    ]);
  });

  it('shows the same motion in the preview as in the final, on a smaller plate', () => {
    const { plate: small, tier: _, ...preview } = plan('preview');
    const { plate: large, tier: __, ...final } = plan('final');
    expect(preview).toEqual(final);
    expect(small).toEqual({ width: 320, height: 180 });
    expect(large).toEqual({ width: 640, height: 360 });
  });

  it('draws another picture for another job and for every shot and window', () => {
    const other = planDocument({
      job: { ...job, jobId: 'acme_ffffffffffffffffffffffff' },
      tier: 'final',
      brief,
      photoPalette: [],
      component,
    });
    const seeds = [plan(), other].flatMap(({ shots }) =>
      shots.flatMap((shot) => [shot.seed, ...shot.windows.map((window) => window.seed)]),
    );
    expect(new Set(seeds).size).toBe(seeds.length);
  });

  it('says the storyboard first and the style last', () => {
    expect(plan().shots[0]?.prompt.text).toBe(
      'Morning light on the table, camera pushes in slowly, product backdrop, soft studio light, shallow depth of field, cinematic, no text, no people.',
    );
    expect(plan().shots[0]?.prompt.tokens.slice(0, 4)).toEqual(['morning', 'light', 'table', 'camera pushes in slowly']);
  });

  it('refuses a component that makes no frames', () => {
    const { motion: _, ...still } = component;
    expect(() => planDocument({ job, tier: 'final', brief, photoPalette: [], component: still })).toThrow('expected one that makes frames');
  });

  it('fits its contract for any storyboard and size', () => {
    const side = fc.integer({ min: 64, max: 1920 }).map((half) => half * 2);
    const anyBrief = fc.record({
      storyboard: fc.array(
        fc.record({
          seconds: fc.double({ min: 0.5, max: 5, noNaN: true }),
          description: fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }).filter((words) => words.trim() !== ''),
          camera: fc.constantFrom(...CAMERA_MOVES),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      outputs: fc.tuple(fc.record({ width: side, height: side, fps: fc.constantFrom(12, 24, 25, 30) })),
    });
    fc.assert(
      fc.property(anyBrief, fc.constantFrom('preview', 'final'), (parts, tier) => {
        const parsed = Brief.safeParse({ ...brief, ...parts });
        fc.pre(parsed.success); // control characters in a description are intake's to refuse
        const made = PlanDocument.parse(plan(tier, parsed.data!));
        expect((made.plate.width % 2) + (made.plate.height % 2)).toBe(0);
        for (const shot of made.shots) expect(shot.windows.at(-1)!.end).toBe(shot.frames);
      }),
    );
  });
});
