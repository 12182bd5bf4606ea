import type { CameraMove, StoryboardFrame } from '#contracts/brief';
import type { Motif, Shot } from '#contracts/plan';
import { type Direction, densities, directions, motifPhrases, neutralWords, softnesses, speeds, type Term } from './lexicon.ts';
import { colorNames } from './palette-names.ts';
import type { Template } from './templates.ts';
import { wordsOf } from './words.ts';

export interface Scene extends Pick<StoryboardFrame, 'description' | 'camera'>, Pick<Shot, 'motif' | 'colors'> {
  readonly template: Pick<Template, 'speed'>;
}

/**
 * A shot in the words our own model learnt, in the order it learnt them: "calm silk in brown and copper with cream accents, moving left,
 * soft". A word of the brief that the model knows is kept as it is; one that only means the same is said in the model's word. Colors are
 * those of the shot, not those of the description: the brand decides.
 */
export function canonicalWords({ description, camera, motif, colors, template }: Scene): string {
  const said = wordsOf(description);
  const [base, accent, light] = colorNames(colors);
  const speed = spoken(speeds, said) ?? plainest(speeds[template.speed]);
  const direction = spoken(directions, said) ?? plainest(directions[drift(camera, motif)]);
  const phrases = [
    `${speed} ${motifPhrase(motif, said)} in ${base} and ${accent} with ${light} accents`,
    `moving ${direction}`,
    spoken(densities, said),
    spoken(softnesses, said),
    ...neutralWords.filter((word) => said.includes(word)),
  ];
  return phrases.filter((phrase) => phrase !== undefined).join(', ');
}

/** The brief's own name of the motif where the model knows it, the longest first; the plainest name otherwise. */
function motifPhrase(motif: Motif, said: readonly string[]): string {
  const text = ` ${said.join(' ')} `;
  const known = motifPhrases[motif].filter((phrase) => text.includes(` ${phrase} `));
  return known.reduce((best, phrase) => (phrase.length > best.length ? phrase : best), known[0] ?? motifPhrases[motif][0]);
}

/** The first word of the description that means one of `terms`, in the model's words; `undefined` when none does. */
function spoken(terms: Readonly<Record<string, Term>>, said: readonly string[]): string | undefined {
  for (const word of said) {
    const singular = word.replace(/s$/, '');
    for (const term of Object.values(terms)) {
      if (term.learnt.includes(word)) return word;
      if (term.means.includes(word) || term.means.includes(singular) || term.learnt.includes(singular)) return plainest(term);
    }
  }
  return undefined;
}

const plainest = ({ learnt }: Term): string => learnt[0];

/** Things that fall or rise by nature do so whatever the camera does. */
const natural: Partial<Readonly<Record<Motif, Direction>>> = { snow: 'down', confetti: 'down', smoke: 'up', dust: 'up' };

/** What a camera that moves one way sees move the other way. */
const against: Partial<Readonly<Record<CameraMove, Direction>>> = {
  'pan-left': 'right',
  'pan-right': 'left',
  'tilt-up': 'down',
  'tilt-down': 'up',
};

const drift = (camera: CameraMove, motif: Motif): Direction => natural[motif] ?? against[camera] ?? 'right';
