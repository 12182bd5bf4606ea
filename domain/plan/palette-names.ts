import { distance, oklabOf } from '#domain/color/oklab';

/** The colors that our own model knows by name: models/training/palette.json, and a test says that the two are the same. */
export const PALETTE_NAMES = {
  red: '#dc2832',
  crimson: '#a01428',
  coral: '#ff785f',
  orange: '#fa9628',
  amber: '#ffbe3c',
  gold: '#d6aa46',
  yellow: '#fae15a',
  lime: '#a5d746',
  green: '#32a055',
  emerald: '#148264',
  olive: '#7a7a32',
  teal: '#199196',
  cyan: '#46c8dc',
  sky: '#78b9f0',
  blue: '#2d5fd7',
  navy: '#16235a',
  indigo: '#4b3caa',
  violet: '#8c55d7',
  purple: '#5f2378',
  magenta: '#d23ca0',
  pink: '#f596be',
  rose: '#e65f7d',
  brown: '#6e4628',
  copper: '#b87341',
  tan: '#c8a57d',
  cream: '#f8eed7',
  white: '#f5f6fa',
  silver: '#b9c0ca',
  gray: '#7d828c',
  charcoal: '#2d3038',
  black: '#0e0f14',
  forest: '#143c28',
} as const;

const named = Object.entries(PALETTE_NAMES).map(([name, hex]) => ({ name, color: oklabOf(hex) }));

/**
 * The nearest name of each color, as people see distance, and no name twice: the model never saw "brown and brown". The first color
 * chooses first.
 */
export function colorNames(colors: readonly string[]): string[] {
  const said: string[] = [];
  for (const hex of colors) {
    const color = oklabOf(hex);
    const free = named.filter(({ name }) => !said.includes(name));
    const nearest = free.reduce((best, one) => (distance(one.color, color) < distance(best.color, color) ? one : best));
    said.push(nearest.name);
  }
  return said;
}
