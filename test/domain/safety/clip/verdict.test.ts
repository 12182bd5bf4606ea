import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SafetyVerdict } from '#contracts/verdict';
import { strideOf } from '#domain/safety/clip/sampling';
import { judge, samplingGaps } from '#domain/safety/router';
import type { Look } from '#domain/safety/testimony';
import { policy, sawFrames, vote, whose } from '../world.ts';

const VOTER = 'open-nsfw@1';
const { review, block = 1 } = policy.thresholds.sexual;
const harmless = fc.double({ min: 0, max: review, maxExcluded: true, noNaN: true });

/** A clip of 24 frames a second that is just long enough for these looks. */
function clipOf(samples: number) {
  const stride = strideOf({ fps: 24 }, policy.samplesPerSecond);
  return {
    frames: Math.max(1, samples) * stride,
    fps: 24,
    sampled: Array.from({ length: samples }, (_, index) => (index + 1) * stride - 1),
  };
}
function judged(...scores: readonly number[]) {
  const clip = clipOf(scores.length);
  return SafetyVerdict.parse(
    judge(
      {
        testimonies: [sawFrames(VOTER, 'sexual', scores)],
        expected: ['open-nsfw'],
        gaps: samplingGaps(clip, policy.samplesPerSecond),
        whose,
        clip,
      },
      policy,
    ),
  );
}

describe('a clip', () => {
  it('is allowed when every frame was scored and none is suspicious', () => {
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1, maxLength: 60 }), (scores) => {
        expect(judged(...scores)).toMatchObject({ verdict: 'allow', reasons: [], ballots: [{ status: 'voted', judged: scores.length }] });
      }),
    );
  });

  it('waits for a person when something doubtful lasts, with when it was seen', () => {
    const { verdict, reasons } = judged(0, 0, 0.4, 0.6, 0, 0);
    expect(verdict).toBe('review');
    expect(reasons).toEqual([
      {
        category: 'sexual',
        voter: VOTER,
        score: 0.6,
        evidence: '2 of 6 sampled frames scored high, the highest 0.60 at 0.96 s: sexual 0.6',
        span: { start: 0.5, end: 29 / 24 },
      },
    ]);
  });

  it('is refused when something clearly unsafe lasts', () => expect(judged(0, 0.9, 0.95, 0).verdict).toBe('reject'));

  it('is not stopped by one odd frame, unless that frame is over the line that refuses', () => {
    expect(judged(0, 0, 0.5, 0, 0).verdict).toBe('allow');
    expect(judged(0, 0, 0.99, 0, 0).verdict).toBe('review');
  });

  it('shows two scenes as two spans', () => {
    const { reasons } = judged(0.4, 0.4, 0, 0, 0, 0, 0.5, 0.5);
    expect(reasons.map(({ span }) => span)).toEqual([
      { start: 1.5, end: 2 },
      { start: 0, end: 17 / 24 },
    ]);
  });

  it('is refused by two voters only where both see it', () => {
    const both = (other: readonly number[]) => {
      const clip = clipOf(6);
      const testimonies = [sawFrames(VOTER, 'sexual', [0.9, 0.9, 0, 0, 0, 0]), sawFrames('nsfw-mobilenet@1', 'sexual', other)];
      return judge({ testimonies, expected: [], gaps: [], whose, clip }, policy).verdict;
    };
    expect(both([0.9, 0.9, 0, 0, 0, 0])).toBe('reject');
    expect(both([0, 0, 0, 0, 0.9, 0.9])).toBe('review');
    expect(both([0, 0, 0, 0, 0, 0])).toBe('review');
  });

  it('keeps the box and the rule of what was seen most clearly', () => {
    const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
    const looks = [0.6, 0.8].map(
      (score, sample): Look => ({
        answer: { status: 'voted', votes: [vote('violence', score, { box, rule: `knife-${sample}` })] },
        judged: 1,
        sample,
      }),
    );
    const voter = { id: 'rekognition-labels@7', sees: 'picture' as const, categories: ['violence' as const] };
    const { reasons } = judge({ testimonies: [{ voter, looks }], expected: [], gaps: [], whose, clip: clipOf(2) }, policy);
    expect(reasons[0]).toMatchObject({ box, rule: 'knife-1', score: 0.8 });
  });
});

describe('the frames that were looked at', () => {
  it.each([
    ['there are none', [], /no frame was looked at/],
    ['the end is missing', [5, 11, 17], /frames 18 to 35 of 36/],
    ['the middle is missing', [5, 11, 29, 35], /frames 12 to 28 of 36/],
    ['the beginning is missing', [17, 23, 29, 35], /frames 0 to 16 of 36/],
    ['one is shown twice or they go backwards', [5, 11, 9, 17, 23, 29, 35], /expected frames in order/],
    ['one is not of this clip', [5, 11, 17, 23, 29, 41], /expected frames below 36/],
  ])('do not stand for the clip when %s', (_, sampled, why) => {
    expect(samplingGaps({ frames: 36, fps: 24, sampled }, 4)[0]?.why).toMatch(why);
  });

  it('stand for it when no run of six is without one, however uneven they are', () => {
    expect(samplingGaps({ frames: 36, fps: 24, sampled: [5, 6, 11, 12, 17, 23, 29, 35] }, 4)).toEqual([]);
  });
});

it('asks a person long before it refuses, and leaves harmless pictures (at most 0.28) alone', () => {
  expect(review).toBeGreaterThan(0.28);
  expect(block).toBeGreaterThan(review);
});
