import type { StoryboardFrame } from '#contracts/brief';
import type { Motif } from '#contracts/plan';
import type { Rework } from '#contracts/rework';
import { contractViolated } from '#domain/errors';
import { chooseMotif } from './motifs.ts';

/** A shot as it is to be rendered now. */
export interface ShotTake {
  /** The storyboard's words, or the reviewer's in their place. */
  readonly frame: StoryboardFrame;
  readonly motif: Motif;
  /** From 1: the take in which it was last sent back. */
  readonly take: number;
}

/**
 * The shots of a storyboard in the takes that reviewers asked for. Where words name no motif, the choice looks at the shot before as the
 * storyboard has it, whatever became of that one since: sending a shot back never changes its neighbour.
 */
export function shotTakes(
  storyboard: readonly StoryboardFrame[],
  fallback: readonly [Motif, ...Motif[]],
  rework: Rework | undefined,
): ShotTake[] {
  const beyond = rework?.shots.find(({ shot }) => shot >= storyboard.length);
  if (beyond) throw contractViolated('rework', `expected a shot from 0 to ${storyboard.length - 1}, found ${beyond.shot}`);

  const asTold: Motif[] = [];
  for (const [index, { description }] of storyboard.entries()) asTold.push(chooseMotif(description, index, fallback, asTold.at(-1)));
  return storyboard.map((told, index) => {
    const back = rework?.shots.find(({ shot }) => shot === index);
    const frame = back?.description === undefined ? told : { ...told, description: back.description };
    return { frame, motif: chooseMotif(frame.description, index, fallback, asTold[index - 1]), take: back?.take ?? 1 };
  });
}
