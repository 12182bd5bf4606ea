import type { Voice } from '#domain/post/music/notes';

export interface Partial {
  /** Of the note's frequency. */
  readonly ratio: number;
  readonly level: number;
}

/** A voice is a few sines and an envelope: nothing sampled, nothing licensed. */
export interface VoiceSound {
  readonly partials: readonly Partial[];
  readonly level: number;
  /** Seconds from silence to full; a raised cosine, so nothing clicks. */
  readonly attack: number;
  /** Seconds from the end of the note to silence, the same way. */
  readonly release: number;
  /** Seconds until a struck note has lost 63 %; held notes have none. */
  readonly decay?: number;
  /** Two ears hear the note this share apart (0.15 % is under three cents), which is what makes a pad wide. */
  readonly detune: number;
}

export const voices: Readonly<Record<Voice, VoiceSound>> = {
  pad: {
    partials: [
      { ratio: 1, level: 1 },
      { ratio: 2, level: 0.18 },
    ],
    level: 0.055,
    attack: 0.5,
    release: 1.1, // longer than the next chord's attack: harmonies melt into each other
    detune: 0.0015,
  },
  bass: {
    partials: [
      { ratio: 1, level: 1 },
      { ratio: 2, level: 0.35 }, // what a phone's speaker plays of a bass
    ],
    level: 0.08,
    attack: 0.12,
    release: 0.5,
    detune: 0,
  },
  bell: {
    partials: [
      { ratio: 1, level: 1 },
      { ratio: 2.76, level: 0.22 }, // the second mode of a struck bar
    ],
    level: 0.07,
    attack: 0.006,
    release: 1.2,
    decay: 0.6,
    detune: 0,
  },
  pluck: {
    partials: [
      { ratio: 1, level: 1 },
      { ratio: 2, level: 0.4 },
      { ratio: 3, level: 0.15 },
    ],
    level: 0.09,
    attack: 0.005,
    release: 0.5,
    decay: 0.22,
    detune: 0,
  },
};
