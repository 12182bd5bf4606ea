import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAFETY_CATEGORIES, SafetyVerdict } from '#contracts/verdict';
import { type Hearing, judge } from '#domain/safety/router';
import type { Testimony } from '#domain/safety/testimony';
import { policy, policyWith, said, sawFrames, vote, whose } from './world.ts';

const sees = (id: string, category: 'sexual' | 'violence', score: number, picture = 'product.photo'): Testimony => ({
  voter: { id, sees: 'picture', categories: [category] },
  looks: [{ answer: { status: 'voted', votes: [vote(category, score)] }, judged: 1, picture }],
});
const failing = (id: string, status: 'failed' | 'timed-out' | 'garbled'): Testimony => ({
  voter: { id, sees: 'picture', categories: ['sexual'] },
  looks: [{ answer: { status, why: 'because' }, judged: 1, picture: 'product.photo' }],
});
const on = (testimonies: readonly Testimony[], more: Partial<Hearing> = {}) =>
  SafetyVerdict.parse(judge({ testimonies, expected: [], gaps: [], whose, ...more }, policy));

describe('voters who agree', () => {
  it('let pass what all of them find safe', () => {
    const verdict = on([sees('open-nsfw@1', 'sexual', 0.1), sees('nsfw-mobilenet@1', 'sexual', 0.2), said('rules@1', [], ['hate'])]);
    expect(verdict).toMatchObject({ verdict: 'allow', reasons: [] });
  });

  it('refuse what two of them are sure of', () => {
    expect(on([sees('open-nsfw@1', 'sexual', 0.9), sees('nsfw-mobilenet@1', 'sexual', 0.95)]).verdict).toBe('reject');
  });
});

describe('who judges a category alone', () => {
  it('is enough when sure, and not when in doubt', () => {
    expect(on([sees('open-nsfw@1', 'sexual', 0.9)]).verdict).toBe('reject');
    expect(on([sees('open-nsfw@1', 'sexual', 0.5)]).verdict).toBe('review');
  });

  it('is not alone because another voter judges something else, or other material', () => {
    expect(on([sees('open-nsfw@1', 'sexual', 0.9), sees('rekognition-labels@7', 'violence', 0)]).verdict).toBe('reject');
    expect(on([sees('open-nsfw@1', 'sexual', 0.9), said('rules@1', [], ['sexual'])]).verdict).toBe('reject');
  });
});

describe('disagreement', () => {
  it('goes to a person when one is sure and the other is not', () => {
    expect(on([sees('open-nsfw@1', 'sexual', 0.99), sees('nsfw-mobilenet@1', 'sexual', 0.1)]).verdict).toBe('review');
  });

  it('is two voters who are sure of two different pictures', () => {
    expect(on([sees('open-nsfw@1', 'sexual', 0.9), sees('nsfw-mobilenet@1', 'sexual', 0.95, 'brand.logo')]).verdict).toBe('review');
  });

  it('is what a failed voter might have said: one of two is not two', () => {
    expect(on([sees('open-nsfw@1', 'sexual', 0.99), failing('nsfw-mobilenet@1', 'timed-out')]).verdict).toBe('review');
  });
});

describe('categories that always go to a person', () => {
  it('are asked about however faintly words speak of them, and refused by no score', () => {
    for (const category of ['minors', 'political', 'public-figure'] as const) {
      expect(on([said('comprehend-toxicity@1', [vote(category, 0.01)])]).verdict).toBe('review');
      expect(on([said('comprehend-toxicity@1', [vote(category, 1)])]).verdict).toBe('review');
    }
  });

  it('are refused where a rule says so: anything sexual and a minor', () => {
    expect(on([said('rules@1', [vote('minors', 1, { rule: 'sexual-and-minor' })])]).verdict).toBe('reject');
  });
});

describe('a rule', () => {
  it('refuses alone, whatever others say', () => {
    const rule = said('rules@1', [vote('hate', 0.95, { rule: 'hate' })]);
    expect(on([rule, said('comprehend-toxicity@1', [], ['hate'])]).verdict).toBe('reject');
  });

  it('belongs to the lexicon: another voter that names it has an opinion like any other', () => {
    const other = said('comprehend-toxicity@1', [vote('hate', 0.6, { rule: 'hate' })]);
    expect(on([other]).verdict).toBe('review');
  });
});

describe('failure', () => {
  const statuses = fc.constantFrom('failed' as const, 'timed-out' as const, 'garbled' as const);
  const scores = fc.double({ min: 0, max: 1, noNaN: true });

  it('never passes: whatever the others say, one voter that did not vote is at least a review', () => {
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 6 }), statuses, fc.nat(6), (others, status, where) => {
        const testimonies = others
          .map((score, index) => sees(`voter-${index}@1`, 'sexual', score))
          .toSpliced(where, 0, failing('open-nsfw@1', status));
        const { verdict, reasons, ballots } = on(testimonies);
        expect(verdict).not.toBe('allow');
        expect(reasons.some(({ category, voter }) => category === 'unchecked' && voter === 'open-nsfw@1')).toBe(true);
        expect(ballots?.find(({ voter }) => voter === 'open-nsfw@1')?.status).toBe(status);
      }),
    );
  });

  it.each([
    ['nobody was asked', on([])],
    ['an expected voter is absent', on([said('hearing@1', [], [])], { expected: ['rules'] })],
    ['a voter saw nothing', on([{ voter: { id: 'open-nsfw@1', sees: 'picture', categories: ['sexual'] }, looks: [] }])],
    ['the policy does not know a voter', on([said('stranger@1', [], ['hate'])])],
    ['the policy has the scale of another version', on([sees('open-nsfw@2', 'sexual', 0)])],
    ['a picture could not be opened', on([said('rules@1', [], [])], { gaps: [{ who: 'product.photo', why: 'torn' }] })],
  ])('is a review when %s', (_, { verdict, reasons }) => {
    expect(verdict).toBe('review');
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every(({ category }) => category === 'unchecked')).toBe(true);
  });

  it('is told among fifty findings too', () => {
    const many = said(
      'rules@1',
      Array.from({ length: 200 }, () => vote('hate', 0.95, { rule: 'hate' })),
    );
    const { verdict, reasons } = on([many, failing('open-nsfw@1', 'failed')]);
    expect(verdict).toBe('reject');
    expect(reasons).toHaveLength(50);
    expect(reasons.at(-1)).toMatchObject({ category: 'unchecked', voter: 'open-nsfw@1' });
  });
});

describe('the ballots', () => {
  it('say of everybody who was asked how it went, what it saw, and how sure it was', () => {
    const { ballots } = on([
      sees('open-nsfw@1', 'sexual', 0.2),
      said('rules@1', [vote('hate', 0.65, { rule: 'hate-doubtful' })], ['hate', 'minors']),
    ]);
    expect(ballots).toEqual([
      { voter: 'open-nsfw@1', status: 'voted', highest: { sexual: 0.2 }, judged: 1 },
      { voter: 'rules@1', status: 'voted', highest: { hate: 0.65 }, judged: 1 },
    ]);
  });
});

it('never fares better with higher scores', () => {
  const rank = { allow: 0, review: 1, reject: 2 } as const;
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  const clip = (length: number) => ({ frames: length * 6, fps: 24, sampled: Array.from({ length }, (_, index) => index * 6 + 5) });
  const pairs = fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(pairs, fc.constantFrom(...SAFETY_CATEGORIES.filter((name) => name !== 'unchecked')), (drawn, category) => {
      const with_ = (pick: (a: number, b: number) => number) =>
        on(
          [
            sawFrames(
              'open-nsfw@1',
              category,
              drawn.map(([a, b]) => pick(a, b)),
            ),
          ],
          { clip: clip(drawn.length) },
        );
      expect(rank[with_(Math.max).verdict]).toBeGreaterThanOrEqual(rank[with_(Math.min).verdict]);
    }),
    { numRuns: 500 },
  );
});

it('reads a voter on the scale of the policy, not on its own', () => {
  const scaled = policyWith({
    voters: {
      ...policy.voters,
      'nsfw-mobilenet': {
        seconds: 1,
        scale: {
          sexual: [
            { raw: 0, means: 0 },
            { raw: 0.9, means: 0.2 },
            { raw: 1, means: 1 },
          ],
        },
      },
    },
  });
  const hearing = (score: number) => ({ testimonies: [sees('nsfw-mobilenet@1', 'sexual', score)], expected: [], gaps: [], whose });
  expect(judge(hearing(0.9), scaled).verdict).toBe('allow');
  expect(judge(hearing(0.95), scaled).verdict).toBe('review');
  expect(judge(hearing(1), scaled).verdict).toBe('reject');
});
