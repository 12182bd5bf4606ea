import type { Motif } from '#contracts/plan';
import type { Voice } from './notes.ts';

/** What plays above the chords of a shot: a pattern of half beats, over and over. */
export interface Ornament {
  readonly voice: Extract<Voice, 'bell' | 'pluck'>;
  /** Which upper note of the chord (0 is the lowest, going round an octave higher), or a rest. */
  readonly pattern: readonly (number | undefined)[];
  readonly level: number;
  /** Octaves above the chord. */
  readonly octaves: number;
}

const _ = undefined;

/** The picture's motion in notes: what falls falls, what sparkles sparkles, and calm pictures leave the chords alone. */
export const ornaments: Readonly<Partial<Record<Motif, Ornament>>> = {
  bokeh: { voice: 'bell', pattern: [2, _, _, _, 0, _, _, 3], level: 0.3, octaves: 1 },
  'light-sweep': { voice: 'bell', pattern: [0, 1, 2, 3, _, _, _, _, _, _, _, _, _, _, _, _], level: 0.35, octaves: 1 },
  waves: { voice: 'pluck', pattern: [0, _, 1, _, 2, _, 1, _], level: 0.3, octaves: 0 },
  dust: { voice: 'bell', pattern: [3, _, _, 1, _, _, 2, _, _, _, _, 0], level: 0.28, octaves: 2 },
  rays: { voice: 'pluck', pattern: [0, _, 1, 2, _, 3, _, _], level: 0.32, octaves: 1 },
  ripples: { voice: 'pluck', pattern: [3, 2, 1, 0, _, _, _, _], level: 0.36, octaves: 1 },
  aurora: { voice: 'bell', pattern: [1, _, _, _, _, _, _, _, 3, _, _, _, _, _, _, _], level: 0.34, octaves: 1 },
  confetti: { voice: 'bell', pattern: [0, 2, _, 1, 3, _, 2, _], level: 0.3, octaves: 2 },
  snow: { voice: 'bell', pattern: [3, _, _, 2, _, _, 1, _, _, 0, _, _], level: 0.28, octaves: 2 },
  stripes: { voice: 'pluck', pattern: [0, 0, 1, _, 0, 0, 2, _], level: 0.3, octaves: 0 },
};
