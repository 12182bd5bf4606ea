import * as z from 'zod';
import { Box } from '#contracts/verdict';
import type { Channel, ClipVoter, PictureReader, PictureVoter, Raster, TextVoter, WrittenLine } from '#domain/ports';
import { askPicture, askText, type Patience, TimedOut } from './ask.ts';
import { isDue } from './clip/samples.ts';
import type { EffectivePolicy } from './policy/effective.ts';
import { nameAndVersion } from './policy/voter-name.ts';
import type { Answer, Look, Testimony } from './testimony.ts';

/** Everybody who can be asked at a door. */
export interface Panel {
  readonly text: readonly TextVoter[];
  readonly pictures: readonly PictureVoter[];
  readonly clips?: readonly ClipVoter[];
  readonly reader?: PictureReader | undefined;
  readonly patience: Patience;
}

/** Where the policy names no time for a voter; such a voter is not judged anyway. */
const SECONDS_OF_A_STRANGER = 10;
export const secondsFor = (id: string, policy: EffectivePolicy): number =>
  policy.voters[nameAndVersion(id).name]?.seconds ?? SECONDS_OF_A_STRANGER;

/** Every reader of words is asked once, about all of them together. */
export const askReaders = (
  { text, patience }: Pick<Panel, 'text' | 'patience'>,
  channels: readonly Channel[],
  policy: EffectivePolicy,
): Promise<Testimony[]> =>
  Promise.all(
    text.map(async (voter) => {
      const answer = await askText(voter, channels, { patience, seconds: secondsFor(voter.id, policy) });
      return { voter, looks: [{ answer, judged: channels.length }] };
    }),
  );

/** Where a frame stands in its clip; the next sampled one comes `stride` frames later at most. */
export interface Moment {
  readonly frame: number;
  readonly stride: number;
  readonly fps: number;
}

/** What is being looked at, one picture after the other: who looks at pictures, and what each has said so far. */
export class Viewing {
  readonly #looks = new Map<string, Look[]>();
  readonly #lastTurn = new Map<string, number>();
  readonly #panel: Panel;
  readonly #policy: EffectivePolicy;

  constructor(panel: Panel, policy: EffectivePolicy) {
    this.#panel = panel;
    this.#policy = policy;
  }

  /** Shows a picture to everybody. Who hung once is not asked again: a clip has a hundred frames, and the answer is `review` already. */
  async show(picture: Raster, where: Pick<Look, 'sample' | 'picture'>, moment?: Moment): Promise<void> {
    for (const voter of this.#panel.pictures) {
      const looks = this.#looksOf(voter.id);
      if (moment && !this.#takesTurn(voter.id, moment)) continue;
      if (looks.some(({ answer }) => answer.status === 'timed-out')) continue;
      const asking = { patience: this.#panel.patience, seconds: secondsFor(voter.id, this.#policy) };
      looks.push({ answer: await askPicture(voter, picture, asking), judged: 1, ...where });
    }
  }

  /** What is written in a picture; `undefined` when it could not be read, which is remembered. */
  async read(picture: Raster, where: Pick<Look, 'sample' | 'picture'>): Promise<readonly WrittenLine[] | undefined> {
    const { reader, patience } = this.#panel;
    if (!reader) return undefined;
    const looks = this.#looksOf(reader.id);
    if (looks.some(({ answer }) => answer.status === 'timed-out')) return undefined;
    const read = await readLines(reader, picture, patience, secondsFor(reader.id, this.#policy));
    // Not every frame is read, so a reader's looks do not count as frames that were shown to it.
    looks.push({ answer: read.answer, judged: 1, ...(where.picture !== undefined && { picture: where.picture }) });
    return read.lines;
  }

  testimonies(): Testimony[] {
    const { pictures, reader } = this.#panel;
    return [
      ...pictures.map((voter) => ({ voter, looks: this.#looksOf(voter.id) })),
      ...(reader ? [{ voter: { id: reader.id, sees: 'picture' as const, categories: [] }, looks: this.#looksOf(reader.id) }] : []),
    ];
  }

  /** Who looks less often than the others sits this frame out unless the next one would be too late. */
  #takesTurn(id: string, { frame, stride, fps }: Moment): boolean {
    const perSecond = this.#policy.voters[nameAndVersion(id).name]?.samplesPerSecond;
    if (perSecond === undefined) return true;
    const due = isDue(this.#lastTurn.get(id) ?? -1, frame, stride, { fps }, perSecond);
    if (due) this.#lastTurn.set(id, frame);
    return due;
  }

  #looksOf(id: string): Look[] {
    const looks = this.#looks.get(id) ?? [];
    this.#looks.set(id, looks);
    return looks;
  }
}

const Lines = z.array(z.strictObject({ text: z.string().max(2_000), confidence: z.number().min(0).max(1), box: Box })).max(2_000);
/** Below this the letters are guesses, and guesses spell anything. */
const LEGIBLE = 0.5;

async function readLines(
  reader: PictureReader,
  picture: Raster,
  patience: Patience,
  seconds: number,
): Promise<{ answer: Answer; lines?: readonly WrittenLine[] }> {
  try {
    const found = Lines.safeParse(await patience(async () => reader.read(picture), seconds));
    if (!found.success) return { answer: { status: 'garbled', why: z.prettifyError(found.error) } };
    return { answer: { status: 'voted', votes: [] }, lines: found.data.filter(({ confidence }) => confidence >= LEGIBLE) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { answer: { status: error instanceof TimedOut ? 'timed-out' : 'failed', why } };
  }
}
