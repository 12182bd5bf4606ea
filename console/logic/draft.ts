import type { DecisionBody, ShotView } from '#contracts/review-api';
import type { Box } from '#contracts/verdict';
import { shotAt } from './timeline.ts';

/** A note while it is written. */
export interface DraftNote {
  readonly id: number;
  readonly shot: number;
  /** Seconds from the start of the clip. */
  readonly at: number;
  readonly box: Box | undefined;
  readonly text: string;
  /** New words for the shot; empty keeps the old ones. */
  readonly description: string;
}

/** Times are kept in thousandths: a frame is 33 at least. */
const toThousandths = (seconds: number): number => Math.round(seconds * 1000) / 1000;

export const newNote = (id: number, at: number, shots: readonly ShotView[], shot?: number): DraftNote => ({
  id,
  shot: shot ?? shotAt(shots, at)?.shot ?? 0,
  at: toThousandths(at),
  box: undefined,
  text: '',
  description: '',
});

/** Shots that will be rendered again, in order. */
export const shotsSentBack = (notes: readonly DraftNote[]): number[] =>
  [...new Set(notes.map(({ shot }) => shot))].sort((one, other) => one - other);

/** What keeps a rework from being sent, as a sentence for the person; `undefined` when nothing does. */
export function whyNotSendable(notes: readonly DraftNote[]): string | undefined {
  if (notes.length === 0) return 'Pin at least one note to a frame: it says what to change and which shot is rendered again.';
  const empty = notes.findIndex(({ text }) => text.trim() === '');
  return empty < 0 ? undefined : `Note ${empty + 1} has no words yet.`;
}

/** The body that is sent. */
export const reworkBody = (notes: readonly DraftNote[], reason: string, round: number): DecisionBody => ({
  outcome: 'rework',
  round,
  reason,
  notes: notes.map(({ shot, at, box, text, description }) => ({
    shot,
    at,
    text: text.trim(),
    ...(box && { box }),
    ...(description.trim() !== '' && { description: description.trim() }),
  })),
});
