import type * as z from 'zod';
import type { TemplateId } from '#contracts/brief';

/** A quiet synthesised chord bed: nothing sampled, nothing licensed, the same samples every time. */
export interface AudioBed {
  /** Notes in hertz (equal temperament, A4 = 440 Hz); the chords take turns. */
  readonly chords: readonly (readonly number[])[];
  /** Seconds from the middle of one chord to the middle of the next. */
  readonly chordSeconds: number;
  /** Gain in decibels that brings the bed to about -20 LUFS (measured with EBU R 128, see test/containers/post). */
  readonly gainDb: number;
}

const F2 = 87.31;
const A2 = 110;
const C3 = 130.81;
const E3 = 164.81;
const F3 = 174.61;
const G3 = 196;
const B3 = 246.94;
const C4 = 261.63;
const E4 = 329.63;
const G4 = 392;

export const audioBeds: Readonly<Record<z.infer<typeof TemplateId>, AudioBed>> = {
  // F major 9 and A minor 7: warm, and neither resolves, so the bed may end anywhere.
  'product-hero': {
    chords: [
      [F2, F3, C4, E4, G4],
      [A2, E3, C4, E4, G3],
    ],
    chordSeconds: 4,
    gainDb: 3.3,
  },
  'low-risk-loop': {
    chords: [
      [C3, G3, C4, E4],
      [A2, E3, B3, C4],
    ],
    chordSeconds: 6,
    gainDb: 3,
  },
};

/** Loudness of the finished bed in LUFS: a few steps below the -14 of social platforms, so a voice could be laid over it. */
export const BED_LUFS = -20;
/** Seconds of fade at both ends; a clip shorter than four of them fades over a quarter of itself. */
export const FADE_SECONDS = 1;

export const fadeSeconds = (clipSeconds: number): number => Math.min(FADE_SECONDS, clipSeconds / 4);
