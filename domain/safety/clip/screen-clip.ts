import type * as z from 'zod';
import type { Clip } from '#contracts/post';
import type { ClipVerdict } from '#contracts/safety-clip';
import type { ClipFrames, PictureVoter, Raster } from '#domain/ports';
import { CLIP_POLICY, type ClipPolicy } from './policy.ts';
import { openSampler } from './sampling.ts';
import { judgeClip, type Vote } from './verdict.ts';

export interface ScreeningNeighbours {
  readonly frames: ClipFrames;
  readonly voters: readonly PictureVoter[];
}

/**
 * Looks at a rendered clip before anyone outside can see it. Frames come one at a time, so memory does not grow with the clip. A voter
 * or a reader that fails is a fact for the verdict, not an error: the clip then waits for a person.
 */
export async function screenClip(
  clip: z.infer<typeof Clip>,
  { frames, voters }: ScreeningNeighbours,
  policy: ClipPolicy = CLIP_POLICY,
): Promise<z.infer<typeof ClipVerdict>> {
  const size = { frames: clip.frames, fps: clip.output.fps };
  const sampler = openSampler(size);
  const votes: Record<string, Vote[]> = Object.fromEntries(voters.map((voter) => [voter.id, []]));
  let broken: string | undefined;
  try {
    for await (const { picture } of frames.sample(clip, (frame) => sampler.choose(frame)))
      for (const voter of voters) votes[voter.id]?.push(await cast(voter, picture));
    if (sampler.seen !== clip.frames) broken = `expected ${clip.frames} frames, found ${sampler.seen}`;
  } catch (error) {
    broken = reasonOf(error);
  }
  return judgeClip({ clip: size, chosen: sampler.chosen, votes, broken }, policy);
}

async function cast(voter: PictureVoter, picture: Raster): Promise<Vote> {
  try {
    const scores = (await voter.look(picture)).map(({ score }) => score);
    return scores.length > 0 ? { score: Math.max(...scores) } : { failed: 'no vote' };
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
