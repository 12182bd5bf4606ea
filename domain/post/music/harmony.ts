import type * as z from 'zod';
import type { TemplateId } from '#contracts/brief';

/** Keys (60 is middle C) from the bass up. */
export type Chord = readonly [bass: number, ...upper: number[]];

export interface Harmony {
  readonly chords: readonly [Chord, ...Chord[]];
  /** A chord stands about this long inside a shot; a cut always brings the next one. */
  readonly chordSeconds: number;
}

export const harmonies: Readonly<Record<z.infer<typeof TemplateId>, Harmony>> = {
  // F major 9, A minor 7, D minor 9, C add 9: warm, and none of them resolves, so the bed may end anywhere.
  'product-hero': {
    chords: [
      [41, 53, 60, 64, 67],
      [45, 52, 60, 64, 67],
      [38, 53, 57, 60, 64],
      [48, 52, 55, 62, 67],
    ],
    chordSeconds: 4,
  },
  // C major and A minor 9 over and over: what loops must not go anywhere.
  'low-risk-loop': {
    chords: [
      [48, 55, 60, 64],
      [45, 52, 59, 64],
    ],
    chordSeconds: 6,
  },
};
