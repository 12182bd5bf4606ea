import type { Motif } from '#contracts/plan';

/** How a fact is said to our own model, and which other words of a brief mean it. */
export interface Term {
  /** What the model learnt, the plainest first: models/training/lexicon.json, and a test says that the two are the same. */
  readonly learnt: readonly [string, ...string[]];
  /** Single words of a brief, in the singular, that mean the same and are not said to the model. */
  readonly means: readonly string[];
}

export type Speed = 'slow' | 'medium' | 'fast';
export type Direction = 'left' | 'right' | 'up' | 'down';

/** Names of the motifs; which one a brief asks for is decided in motifs.ts. */
export const motifPhrases: Readonly<Record<Motif, readonly [string, ...string[]]>> = {
  gradient: ['gradient', 'color wash', 'smooth gradient', 'seamless backdrop', 'calm blend', 'pastel wash'],
  bokeh: ['bokeh', 'blurred lights', 'city lights', 'night lights', 'bokeh circles', 'candle glow'],
  'light-sweep': ['light sweep', 'studio light', 'gleam', 'glossy shine', 'spotlight sweep', 'metallic shine'],
  waves: ['waves', 'flowing waves', 'silk', 'ocean waves', 'fabric folds', 'ribbon flow'],
  confetti: ['confetti', 'party confetti', 'celebration paper', 'paper confetti'],
  dust: ['dust', 'dust motes', 'glitter', 'sparks', 'sparkle particles', 'powder glints'],
  rays: ['rays', 'sun rays', 'sunburst', 'light beams', 'sunlight', 'morning beams'],
  ripples: ['ripples', 'water ripples', 'concentric rings', 'rings on water', 'droplet rings'],
  aurora: ['aurora', 'northern lights', 'aurora curtains', 'dreamy glow', 'neon aurora'],
  snow: ['snow', 'snowfall', 'snowflakes', 'winter flakes'],
  smoke: ['smoke', 'steam', 'mist', 'drifting fog', 'haze', 'vapor'],
  stripes: ['stripes', 'bars', 'striped pattern', 'diagonal bands', 'retro lines'],
};

export const speeds: Readonly<Record<Speed, Term>> = {
  slow: {
    learnt: ['slow', 'calm', 'gentle', 'slowly'],
    means: ['calmly', 'gently', 'quiet', 'quietly', 'lazy', 'peaceful', 'serene', 'relaxed', 'drift', 'drifting', 'linger'],
  },
  medium: { learnt: ['steady', 'moderate', 'medium'], means: ['steadily', 'even'] },
  fast: {
    learnt: ['fast', 'energetic', 'dynamic', 'quick'],
    means: [
      'quickly',
      'rapid',
      'rapidly',
      'lively',
      'wild',
      'rush',
      'rushing',
      'burst',
      'bursting',
      'energy',
      'explode',
      'explosion',
      'race',
      'swift',
    ],
  },
};

export const directions: Readonly<Record<Direction, Term>> = {
  left: { learnt: ['left'], means: ['leftward', 'leftwards'] },
  right: { learnt: ['right'], means: ['rightward', 'rightwards'] },
  up: { learnt: ['up', 'upward', 'rising'], means: ['upwards', 'rise', 'soar', 'soaring', 'ascend', 'lift'] },
  down: { learnt: ['down', 'downward', 'falling'], means: ['downwards', 'fall', 'sink', 'sinking', 'descend', 'rain', 'raining', 'drip'] },
};

export const densities: Readonly<Record<'sparse' | 'dense', Term>> = {
  sparse: { learnt: ['sparse', 'few', 'minimal'], means: ['single', 'lone', 'scattered', 'empty', 'sparsely'] },
  dense: { learnt: ['dense', 'many', 'rich'], means: ['densely', 'full', 'thick', 'countless', 'shower', 'storm', 'crowded', 'heavy'] },
};

export const softnesses: Readonly<Record<'soft' | 'crisp', Term>> = {
  soft: {
    learnt: ['soft', 'blurry', 'smooth'],
    means: ['softly', 'blurred', 'unfocused', 'focus', 'hazy', 'delicate', 'velvety', 'smoothly'],
  },
  crisp: { learnt: ['crisp', 'sharp', 'clear'], means: ['crisply', 'sharply', 'clean', 'bold', 'graphic', 'precise'] },
};

/** Words that the model learnt to read past. A brief's own are kept, so that the model sees the sentence it was trained on. */
export const neutralWords: readonly string[] = ['coffee', 'brand', 'bottle', 'video', 'background'];
