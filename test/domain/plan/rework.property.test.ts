import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Brief } from '#contracts/brief';
import { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import { PlanDocument, type Shot } from '#contracts/plan';
import { Rework } from '#contracts/rework';
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
  // the second and the third say nothing of a motif: the template chooses, and looks at the shot before
  storyboard: [
    { seconds: 3.5, description: 'Morning light on the table', caption: 'Wake up' },
    { seconds: 4, description: 'The box' },
    { seconds: 3, description: 'The box again' },
    { seconds: 3.5, description: 'Steam rises' },
  ],
  brand: { palette: ['#2b1a12', '#d9a066', '#f6eee3'] },
});
const plan = (rework?: Rework, tier: 'preview' | 'final' = 'preview') =>
  planDocument({ job, tier, brief, photoPalette: ['#805030'], component, rework });

const description = fc.constantFrom('Snow falls', 'A neon dream', 'Waves of silk', 'The lid');
/** Any history of notes: each round names some shots, some with new words, as the review room adds them up. */
const history = fc
  .array(
    fc.uniqueArray(fc.record({ shot: fc.integer({ min: 0, max: 3 }), description: fc.option(description, { nil: undefined }) }), {
      selector: ({ shot }) => shot,
      minLength: 1,
      maxLength: 4,
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((rounds) => {
    const takes: Rework[] = [];
    for (const [index, notes] of rounds.entries()) {
      const before = new Map(takes.at(-1)?.shots.map((one) => [one.shot, one]));
      for (const { shot, description: words } of notes) {
        const said = words ?? before.get(shot)?.description;
        before.set(shot, { shot, take: index + 2, ...(said !== undefined && { description: said }) });
      }
      takes.push(Rework.parse({ take: index + 2, shots: [...before.values()] }));
    }
    return takes;
  });
const seedsOf = (shot: Shot | undefined): number[] => (shot ? [shot.seed, ...shot.windows.map(({ seed }) => seed)] : []);
const windowKeys = (of: PlanDocument) => of.shots.map((shot) => shot.windows.map((window) => keys.windowManifest(of, shot, window)));

describe('a plan after rework', () => {
  it('keeps every shot that was not sent back, to the letter and to the key of its windows', () => {
    fc.assert(
      fc.property(history, (takes) => {
        let before = plan();
        for (const rework of takes) {
          const after = PlanDocument.parse(plan(rework));
          for (const shot of after.shots) {
            const isBack = rework.shots.some((one) => one.shot === shot.index && one.take === rework.take);
            if (isBack) continue;
            expect(shot).toEqual(before.shots[shot.index]);
            expect(windowKeys(after)[shot.index]).toEqual(windowKeys(before)[shot.index]);
          }
          before = after;
        }
      }),
    );
  });

  it('draws another picture of a shot that was sent back, in the same frames, at keys of its own', () => {
    fc.assert(
      fc.property(history, (takes) => {
        const plans = [plan(), ...takes.map((rework) => plan(rework))];
        for (const index of [0, 1, 2, 3]) {
          const versions = new Map(plans.map((one) => [one.shots[index]!.take ?? 1, one]));
          const seeds = [...versions.values()].flatMap((one) => seedsOf(one.shots[index]));
          expect(new Set(seeds).size).toBe(seeds.length);
          const places = [...versions.values()].flatMap((one) => windowKeys(one)[index] ?? []);
          expect(new Set(places).size).toBe(places.length);
        }
        for (const one of plans)
          expect(one.shots.map(({ start, frames }) => [start, frames])).toEqual(plan().shots.map(({ start, frames }) => [start, frames]));
      }),
    );
  });

  it('shows in the final the takes that were approved as a preview', () => {
    fc.assert(
      fc.property(history, (takes) => {
        const { plate: _, tier: __, ...preview } = plan(takes.at(-1), 'preview');
        const { plate: ___, tier: ____, ...final } = plan(takes.at(-1), 'final');
        expect(final).toEqual(preview);
      }),
    );
  });

  it('says new words everywhere, and leaves the brand its colors', () => {
    const rework = Rework.parse({ take: 2, shots: [{ shot: 1, take: 2, description: 'Snow falls on the box' }] });
    const [before, after] = [plan().shots[1]!, plan(rework).shots[1]!];
    expect(after.motif).toBe('snow');
    expect(after.prompt.text).toContain('Snow falls on the box');
    expect(after.words).toContain('snow');
    expect(after.colors).toEqual(before.colors);
  });

  it('is, without rework, the bytes that it always was', () => {
    const bytes = createHash('sha256').update(canonicalJson(plan())).digest('hex');
    expect(bytes).toBe('6da3f88feff1cfc0f55aa4f11a628d93e8135a16d35ce8656c038c9c465502e3');
  });

  it('refuses a shot that the storyboard does not have', () => {
    expect(() => plan(Rework.parse({ take: 2, shots: [{ shot: 4, take: 2 }] }))).toThrow('expected a shot from 0 to 3, found 4');
  });
});
