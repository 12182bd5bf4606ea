import { MOTIFS, type Motif } from '#contracts/plan';
import { wordsOf } from './words.ts';

/** Words that name a motif, in the singular. A word stands under one motif only; a test says so. */
export const motifWords: Readonly<Record<Motif, readonly string[]>> = {
  gradient: ['gradient', 'plain', 'minimalist', 'clean', 'simple', 'pastel', 'backdrop', 'seamless', 'wash', 'blend'],
  bokeh: ['bokeh', 'night', 'evening', 'city', 'lights', 'festive', 'candle', 'blurred', 'focus', 'cozy', 'christmas', 'lantern'],
  'light-sweep': [
    ...['shine', 'gleam', 'gloss', 'glossy', 'metal', 'metallic', 'chrome', 'sleek', 'luxury', 'reveal', 'polished', 'gold', 'sweep'],
    ...['studio', 'spotlight'],
  ],
  waves: ['wave', 'ocean', 'sea', 'silk', 'fabric', 'fold', 'flow', 'flowing', 'ribbon', 'velvet', 'curtain', 'cream', 'creamy'],
  dust: ['dust', 'dusty', 'mote', 'particle', 'powder', 'flour', 'sand', 'pollen', 'glitter', 'glint', 'spark', 'sparkle'],
  rays: ['ray', 'sun', 'sunny', 'sunlight', 'sunburst', 'sunrise', 'sunset', 'morning', 'dawn', 'beam', 'window', 'spring', 'summer'],
  ripples: ['ripple', 'ring', 'water', 'drop', 'droplet', 'rain', 'splash', 'liquid', 'pour', 'pouring', 'pool', 'lake', 'drip', 'juice'],
  aurora: [
    ...['aurora', 'northern', 'dream', 'dreamy', 'magic', 'magical', 'space', 'galaxy', 'neon', 'cosmic', 'future', 'futuristic'],
    ...['electric', 'sky'],
  ],
  confetti: ['confetti', 'party', 'celebration', 'celebrate', 'birthday', 'paper', 'carnival'],
  snow: ['snow', 'snowy', 'snowfall', 'snowflake', 'flake', 'winter', 'frost', 'frosty', 'ice', 'icy'],
  smoke: ['smoke', 'smoky', 'steam', 'mist', 'misty', 'fog', 'haze', 'vapor', 'vapour', 'aroma', 'cloud'],
  stripes: ['stripe', 'striped', 'bar', 'line', 'band', 'retro', 'pattern', 'geometric'],
};

const motifOfWord = new Map(MOTIFS.flatMap((motif) => motifWords[motif].map((word) => [word, motif] as const)));

/**
 * The motif a description asks for: the one its words name most often, the first named when two tie.
 * Without such a word the template decides: its motifs in turn, never the previous shot's again.
 */
export function chooseMotif(description: string, shot: number, fallback: readonly [Motif, ...Motif[]], previous?: Motif): Motif {
  const named = new Map<Motif, number>();
  for (const word of wordsOf(description)) {
    const motif = motifOfWord.get(word) ?? motifOfWord.get(word.replace(/s$/, ''));
    if (motif) named.set(motif, (named.get(motif) ?? 0) + 1);
  }
  const most = Math.max(...named.values());
  for (const [motif, count] of named) if (count === most) return motif;

  const turn = fallback[shot % fallback.length] ?? fallback[0];
  return turn === previous ? (fallback[(shot + 1) % fallback.length] ?? turn) : turn;
}
