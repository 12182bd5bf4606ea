import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isDue, unseen } from '#domain/safety/clip/samples';
import { strideOf } from '#domain/safety/clip/sampling';
import { Viewing } from '#domain/safety/panel';
import { judge } from '#domain/safety/router';
import { policyWith, policy as release, vote, whose } from '../world.ts';

const clips = fc.record({ fps: fc.constantFrom(12, 24, 25, 30), frames: fc.integer({ min: 1, max: 900 }) });

/** Sampled frames as the sampler gives them: never more than a stride apart, sometimes closer. */
const sampledOf = (frames: number, stride: number, steps: readonly number[]): number[] => {
  const sampled: number[] = [];
  for (let frame = Math.min(stride, frames) - 1, at = 0; frame < frames; frame += 1 + ((steps[at++ % steps.length] ?? 0) % stride))
    sampled.push(frame);
  return sampled;
};

it('who looks at a rate of its own is never late, wherever the samples fall', () => {
  fc.assert(
    fc.property(
      clips,
      fc.constantFrom(0.5, 1, 2, 3),
      fc.array(fc.nat(30), { minLength: 1, maxLength: 20 }),
      ({ fps, frames }, rate, steps) => {
        const stride = strideOf({ fps });
        let last = -1;
        const looks = sampledOf(frames, stride, steps).filter((frame) => {
          const due = isDue(last, frame, stride, { fps }, rate);
          if (due) last = frame;
          return due;
        });
        expect(unseen({ frames, fps, sampled: looks }, rate)).toBeUndefined();
      },
    ),
  );
});

it('a voter with a rate of its own is shown few frames, and one that misses its turn has not looked', async () => {
  const name = 'stock-watermark';
  const policy = policyWith({ expected: { ...release.expected, clip: [name] } });
  const rate = policy.voters[name]?.samplesPerSecond;
  expect(rate).toBe(1);
  const seen: number[] = [];
  const clip = { frames: 96, fps: 24, sampled: Array.from({ length: 16 }, (_, index) => index * 6 + 5) };
  const viewing = new Viewing(
    {
      text: [],
      pictures: [
        {
          id: `${name}@1`,
          sees: 'picture',
          categories: ['third-party-watermark'],
          look: async ({ data }) => {
            seen.push(data[0] ?? 0);
            return [vote('third-party-watermark', 0)];
          },
        },
      ],
      patience: (work) => work(),
    },
    policy,
  );
  for (const [sample, frame] of clip.sampled.entries())
    await viewing.show(
      { width: 1, height: 1, channels: 3, data: Uint8Array.of(sample, 0, 0) },
      { sample },
      { frame, stride: strideOf(clip), fps: clip.fps },
    );
  expect(seen).toEqual([0, 4, 8, 12]);

  const verdict = (skip: number) =>
    judge(
      {
        testimonies: viewing.testimonies().map((one) => ({ ...one, looks: one.looks.filter((_, index) => index !== skip) })),
        expected: [name],
        gaps: [],
        whose,
        clip,
      },
      policy,
    );
  expect(verdict(-1)).toMatchObject({ verdict: 'allow', reasons: [] });
  expect(verdict(2)).toMatchObject({ verdict: 'review', reasons: [{ category: 'unchecked', voter: `${name}@1` }] });
});
