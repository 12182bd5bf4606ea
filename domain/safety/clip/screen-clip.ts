import type * as z from 'zod';
import type { Clip } from '#contracts/post';
import type { ClipVerdict } from '#contracts/safety-clip';
import type { ClipFrames, PictureClassifier } from '#domain/ports';
import { CLIP_POLICY, type ClipPolicy } from './policy.ts';
import { sampling } from './sampling.ts';
import { judgeClip, type Vote } from './verdict.ts';

export interface ScreeningNeighbours {
  readonly frames: ClipFrames;
  readonly voters: readonly PictureClassifier[];
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
  const plan = sampling(size, policy.samplesPerSecond);
  const votes: Record<string, Vote[]> = Object.fromEntries(voters.map((voter) => [voter.id, []]));
  let broken: string | undefined;
  try {
    for await (const picture of frames.sample(clip.ref, plan))
      for (const voter of voters) votes[voter.id]?.push(await cast(voter, picture));
  } catch (error) {
    broken = reasonOf(error);
  }
  return judgeClip({ clip: size, sampling: plan, votes, broken }, policy);
}

async function cast(voter: PictureClassifier, picture: Uint8Array): Promise<Vote> {
  try {
    return { score: await voter.score(picture) };
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
