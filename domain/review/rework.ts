import type { PipelineMessage, ReviewNote, ReviewSubject } from '#contracts/review';
import { MAX_TAKES, type Rework } from '#contracts/rework';
import type { Channel } from '#domain/ports';

/** A page of notes is some thousand letters; the decision travels in the machine's message, which holds 256 KiB at most. */
const MAX_NOTES_BYTES = 16 * 1024;
/** New words of all takes together, for the same reason: 120 shots in 270 letters each. */
const MAX_WORDS_BYTES = 32 * 1024;

interface Asked {
  readonly subject: ReviewSubject;
  /** The message as it stood when the question was asked. */
  readonly message: PipelineMessage;
  readonly notes: readonly ReviewNote[];
}
export type FollowedNotes = { readonly rework: Rework } | { readonly problem: string };

/**
 * What notes come to: the shots they name are made anew in the next take, with the new words where a note gives some; shots that were sent
 * back before keep their words of then. Answers with a problem, in words for the reviewer, when the notes cannot be followed.
 */
export function followNotes({ subject, message, notes }: Asked): FollowedNotes {
  const render = subject === 'brief' ? undefined : message[subject];
  if (!render) return { problem: `expected a render to send back, found none for the ${subject}` };
  if (notes.length === 0) return { problem: 'expected at least one note that says what to change, found none' };

  const { shots, frames, fps } = render.plan;
  const missing = notes.find(({ shot }) => shot >= shots);
  if (missing) return { problem: `expected a shot from 0 to ${shots - 1}, found a note on shot ${missing.shot}` };
  const beyond = notes.find(({ at }) => at > frames / fps);
  if (beyond) return { problem: `expected notes within the ${(frames / fps).toFixed(1)} s of the clip, found one at ${beyond.at} s` };
  if (bytesOf(notes) > MAX_NOTES_BYTES)
    return { problem: `expected notes of at most ${MAX_NOTES_BYTES} bytes together, found ${bytesOf(notes)}` };

  const take = (message.rework?.take ?? 1) + 1;
  if (take > MAX_TAKES) return { problem: `expected at most ${MAX_TAKES} takes of a clip, found a wish for take ${take}` };

  const words = new Map(message.rework?.shots.map(({ shot, description }) => [shot, description]));
  const named = new Map<number, string | undefined>();
  for (const { shot, description } of notes) {
    const other = named.get(shot);
    if (description !== undefined && other !== undefined && other !== description)
      return { problem: `expected one description for shot ${shot}, found two different ones` };
    named.set(shot, description ?? other);
  }
  const takes = new Map(message.rework?.shots.map((one) => [one.shot, one.take]));
  for (const [shot, description] of named) {
    takes.set(shot, take);
    if (description !== undefined) words.set(shot, description);
  }
  const rework: Rework = {
    take,
    shots: [...takes]
      .sort(([one], [other]) => one - other)
      .map(([shot, ofTake]) => {
        const description = words.get(shot);
        return { shot, take: ofTake, ...(description === undefined ? {} : { description }) };
      }),
  };
  if (bytesOf(rework.shots) > MAX_WORDS_BYTES)
    return { problem: `expected new words of at most ${MAX_WORDS_BYTES} bytes in all takes together, found ${bytesOf(rework.shots)}` };
  return { rework };
}

/** The new words as texts to be screened: all of them, since a clip's shots are seen together. */
export const wordsOf = ({ shots }: Rework): Channel[] =>
  shots.flatMap(({ shot, description }) =>
    description === undefined ? [] : [{ name: `storyboard[${shot}].description`, text: description }],
  );

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).byteLength;
