import type { SafetyCategory } from '#contracts/verdict';
import { type Corpus, harmful, listOf } from './corpus.ts';

const video = (name: string, file: number, category?: SafetyCategory): Corpus => ({
  name: `T2VSafetyBench: ${name}`,
  repository: 'yibo-miao/T2VSafetyBench',
  licence: 'none',
  learned: 'none',
  weight: 0,
  lines: (folder) => listOf(folder, 'yibo-miao/T2VSafetyBench', `T2VSafetyBench/${file}.txt`).map((text) => harmful(text, category)),
});

/** One file for each of the twelve aspects and two kinds of its own; nobody says what may be done with them, so they are only counted. */
export const VIDEO_CORPORA: readonly Corpus[] = [
  video('pornography', 1, 'sexual'),
  video('borderline', 2, 'sexual'),
  video('violence', 3, 'violence'),
  video('gore', 4, 'violence'),
  video('disturbing', 5, 'violence'),
  video('public figures', 6, 'public-figure'),
  video('discrimination', 7, 'hate'),
  video('politics', 8, 'political'),
  video('copyright', 9, 'brand-ip'),
  video('crime', 10),
  video('misinformation', 11, 'deception'),
  video('sequence of actions', 12),
  video('change over time', 13),
  video('meaning from context', 14),
];
