import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClipVerdict } from '#contracts/safety-clip';
import { CLIP_POLICY, policyStamp } from '#domain/safety/clip/policy';
import { judgeClip, type Vote } from '#domain/safety/clip/verdict';

const VOTER = 'open-nsfw@1';
const { review, reject } = CLIP_POLICY.voters[VOTER]!;
const harmless = fc.double({ min: 0, max: review, maxExcluded: true, noNaN: true });

/** A clip of 24 frames a second that is just long enough for these votes. */
function judge(votes: readonly Vote[], changes: { broken?: string; cast?: Record<string, readonly Vote[]> } = {}) {
  const clip = { frames: Math.max(1, votes.length) * 6, fps: 24 };
  const chosen = votes.map((_, index) => index * 6 + 5);
  return judgeClip({ clip, chosen, votes: changes.cast ?? { [VOTER]: votes }, broken: changes.broken }, CLIP_POLICY);
}
const scored = (...scores: readonly number[]): Vote[] => scores.map((score) => ({ score }));

describe('a clip', () => {
  it('is allowed when every frame was scored and none is suspicious', () => {
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1, maxLength: 60 }), (scores) => {
        const verdict = judge(scored(...scores));
        expect(verdict).toMatchObject({ verdict: 'allow', reasons: [], sampledFrames: scores.length });
        expect(ClipVerdict.safeParse(verdict).success).toBe(true);
      }),
    );
  });

  it('waits for a person when something doubtful lasts, with when it was seen', () => {
    const { verdict, reasons } = judge(scored(0, 0, 0.4, 0.6, 0, 0));
    expect(verdict).toBe('review');
    expect(reasons).toEqual([
      {
        category: 'sexual',
        voter: VOTER,
        score: 0.6,
        evidence: '2 of 6 sampled frames scored high, the highest 0.60 at 0.96 s',
        span: { start: 0.5, end: 29 / 24 },
      },
    ]);
  });

  it('is refused when something clearly unsafe lasts', () => expect(judge(scored(0, 0.9, 0.95, 0)).verdict).toBe('reject'));

  it('is not stopped by one odd frame, unless that frame is over the line that refuses', () => {
    expect(judge(scored(0, 0, 0.5, 0, 0)).verdict).toBe('allow');
    expect(judge(scored(0, 0, 0.99, 0, 0)).verdict).toBe('review');
  });

  it('shows two scenes as two spans', () => {
    const { reasons } = judge(scored(0.4, 0.4, 0, 0, 0, 0, 0.5, 0.5));
    expect(reasons.map(({ span }) => span)).toEqual([
      { start: 1.5, end: 2 },
      { start: 0, end: 17 / 24 },
    ]);
  });

  it('never fares better with higher scores', () => {
    const rank = { allow: 0, review: 1, reject: 2 } as const;
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 30 }), (pairs) => {
        const lower = judge(scored(...pairs.map(([one, other]) => Math.min(one, other))));
        const higher = judge(scored(...pairs.map(([one, other]) => Math.max(one, other))));
        expect(rank[higher.verdict]).toBeGreaterThanOrEqual(rank[lower.verdict]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a check that failed', () => {
  const failures: fc.Arbitrary<Vote> = fc.oneof(
    fc.constantFrom({ score: Number.NaN }, { score: -0.1 }, { score: 1.1 }, { score: Number.POSITIVE_INFINITY }),
    fc.string().map((failed) => ({ failed })),
  );

  it('sends the clip to a person, whatever else was seen', () => {
    fc.assert(
      fc.property(fc.array(harmless, { maxLength: 20 }), failures, fc.nat(20), (scores, failure, where) => {
        const votes = scored(...scores).toSpliced(where, 0, failure);
        const verdict = judge(votes);
        expect(verdict.verdict).toBe('review');
        expect(verdict.reasons.map(({ category }) => category)).toEqual(['unchecked']);
        expect(ClipVerdict.safeParse(verdict).success).toBe(true);
      }),
    );
  });

  it.each([
    ['no frame came', judge([])],
    ['the clip broke off', judge(scored(0, 0), { broken: 'x'.repeat(2_000) })],
    ['frames are missing', judge(scored(0, 0, 0), { cast: { [VOTER]: scored(0, 0) } })],
    ['no voter voted', judge(scored(0, 0), { cast: {} })],
    ['a voter is unknown to the policy', judge(scored(0), { cast: { [VOTER]: scored(0), 'new-model@1': scored(0) } })],
  ])('is one when %s', (_, verdict) => {
    expect(verdict.verdict).toBe('review');
    expect(verdict.reasons.every(({ category }) => category === 'unchecked')).toBe(true);
    expect(ClipVerdict.safeParse(verdict).error).toBeUndefined();
  });

  it('does not save a clip that is refused anyway', () => {
    const verdict = judge([...scored(0.9, 0.9), { failed: 'out of memory' }]);
    expect(verdict.verdict).toBe('reject');
    expect(verdict.reasons.map(({ category }) => category)).toEqual(['sexual', 'unchecked']);
  });
});

describe('the policy', () => {
  it('is named with its version and hash, so that changing a number changes the stamp', () => {
    const changed = { ...CLIP_POLICY, voters: { [VOTER]: { category: 'sexual' as const, review, reject: reject + 0.01 } } };
    expect(judge(scored(0)).policy).toEqual(policyStamp(CLIP_POLICY));
    expect(policyStamp(changed).sha256).not.toBe(policyStamp(CLIP_POLICY).sha256);
  });

  it('asks a person long before it refuses, and leaves harmless pictures (at most 0.28) alone', () => {
    expect(review).toBeGreaterThan(0.28);
    expect(reject).toBeGreaterThan(review);
  });
});
