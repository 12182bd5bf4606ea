import type { ArtifactRef } from '#contracts/artifact';
import type { Channel, ClipVoter, PictureVoter, Raster, TextVoter } from '#domain/ports';
import { type Answer, answerOf } from './testimony.ts';

/** Thrown by `Patience` when the time is over. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** Waits for `work` for at most so many seconds, then throws `TimedOut`. Passed in: clocks live at the doors. */
export type Patience = <T>(work: () => Promise<T>, seconds: number) => Promise<T>;

/** How long a voter of this name may take for one look, in seconds. */
export interface Asking {
  readonly patience: Patience;
  readonly seconds: number;
}

export const askText = (voter: TextVoter, channels: readonly Channel[], asking: Asking): Promise<Answer> =>
  ask(
    () => voter.read(channels),
    asking,
    (found) => answerOf(voter, found),
  );

export const askPicture = (voter: PictureVoter, picture: Raster, asking: Asking): Promise<Answer> =>
  ask(
    () => voter.look(picture),
    asking,
    (found) => answerOf(voter, found),
  );

export const askClip = (voter: ClipVoter, clip: ArtifactRef, clipSeconds: number, asking: Asking): Promise<Answer> =>
  ask(
    () => voter.watch(clip),
    asking,
    (found) => answerOf(voter, found, clipSeconds),
  );

/** A voter that throws, hangs or babbles is a fact for the verdict, never an error. */
async function ask(look: () => Promise<unknown>, { patience, seconds }: Asking, check: (found: unknown) => Answer): Promise<Answer> {
  try {
    return check(await patience(async () => look(), seconds)); // async: a voter may also throw before it promises anything
  } catch (error) {
    return { status: error instanceof TimedOut ? 'timed-out' : 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}
