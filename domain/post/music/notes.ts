/** How a note sounds; containers/audio/voices.ts says how each is made. */
export type Voice = 'pad' | 'bass' | 'bell' | 'pluck';

/** One note of the bed. */
export interface Note {
  readonly voice: Voice;
  /** When it begins and how long it is held, in seconds. It rings on a little after that. */
  readonly at: number;
  readonly seconds: number;
  readonly hertz: number;
  /** 0..1. */
  readonly level: number;
  /** -1 is left, 1 is right. */
  readonly pan: number;
}

/** Equal temperament, A4 = 440 Hz; 69 is A4, 60 is middle C. */
export const hertzOf = (key: number): number => 440 * 2 ** ((key - 69) / 12);
