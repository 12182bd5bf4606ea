import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAMERA_MOVES } from '#contracts/brief';
import { MOTIFS } from '#contracts/plan';
import { canonicalWords, type Scene } from '#domain/plan/canonical-words';
import { densities, directions, motifPhrases, neutralWords, softnesses, speeds } from '#domain/plan/lexicon';
import { colorNames, PALETTE_NAMES } from '#domain/plan/palette-names';
import { templates } from '#domain/plan/templates';
import { wordsOf } from '#domain/plan/words';

const training = new URL('../../../models/training/', import.meta.url);
const color = fc.integer({ min: 0, max: 0xff_ff_ff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const scene: fc.Arbitrary<Scene> = fc.record({
  description: fc.oneof(
    fc.string({ maxLength: 200, unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('soft', 'fast', 'silk', 'rising', 'many', 'coffee', 'lights', 'calm', 'table'), { maxLength: 60 })
      .map((words) => words.join(' ')),
  ),
  camera: fc.constantFrom(...CAMERA_MOVES),
  motif: fc.constantFrom(...MOTIFS),
  colors: fc.tuple(color, color, color),
  template: fc.constantFrom(...Object.values(templates)),
});

const terms = [speeds, directions, densities, softnesses].flatMap((facts) => Object.values(facts));
const known = new Set([
  ...Object.values(motifPhrases).flat(2).flatMap(wordsOf),
  ...terms.flatMap(({ learnt }) => learnt),
  ...Object.keys(PALETTE_NAMES),
  ...neutralWords,
  ...['in', 'and', 'with', 'accents', 'moving'],
]);

const example: Scene = {
  description: 'The ribbon calmly turns into soft silk over the coffee',
  camera: 'pan-right',
  motif: 'waves',
  colors: ['#6a4529', '#ba7440', '#f6efe4'],
  template: templates['product-hero'],
};

describe('the words for our own model', () => {
  it('are only words that it learnt, at most the 32 it reads, whatever a brief says', () => {
    fc.assert(
      fc.property(scene, (any) => {
        const words = wordsOf(canonicalWords(any));
        expect(words.filter((word) => !known.has(word))).toEqual([]);
        expect(words.length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('always say motif, three different colors, speed and direction', () => {
    fc.assert(
      fc.property(scene, (any) => {
        const text = canonicalWords(any);
        expect(motifPhrases[any.motif].some((phrase) => text.includes(phrase))).toBe(true);
        expect(new Set(colorNames(any.colors)).size).toBe(3);
        expect(text).toMatch(/ in \w+ and \w+ with \w+ accents, moving \w+/);
      }),
    );
  });

  it('keep what the brief says where the model knows it, and translate what it does not', () => {
    expect(canonicalWords(example)).toBe('slow silk in brown and copper with cream accents, moving left, soft, coffee');
    expect(canonicalWords({ ...example, description: 'Energetic bursts of countless sharp ocean waves, rising' })).toBe(
      'energetic ocean waves in brown and copper with cream accents, moving rising, dense, sharp',
    );
  });

  it.each([
    ['motif', { motif: 'snow' }],
    ['colors', { colors: ['#101820', '#2d5fd7', '#f5f6fa'] }],
    ['camera', { camera: 'pan-left' }],
    ['speed', { description: 'A quick ribbon turns into soft silk over the coffee' }],
    ['softness', { description: 'The ribbon calmly turns into crisp silk over the coffee' }],
    ['density', { description: 'The ribbon calmly turns into soft silk over countless beans of coffee' }],
    ['direction', { description: 'The ribbon calmly falls into soft silk over the coffee' }],
  ] as const)('change with the %s', (_, change) => {
    expect(canonicalWords({ ...example, ...change, colors: 'colors' in change ? [...change.colors] : example.colors })).not.toBe(
      canonicalWords(example),
    );
  });

  it('let snow fall and steam rise whatever the camera does, and leave the speed to the template when nobody says', () => {
    const still = { ...example, description: 'The box' };
    expect(canonicalWords({ ...still, motif: 'snow', camera: 'tilt-up' })).toContain('moving down');
    expect(canonicalWords({ ...still, motif: 'smoke' })).toContain('moving up');
    expect(canonicalWords({ ...still, template: templates['low-risk-loop'] })).toMatch(/^slow waves/);
    expect(canonicalWords(still)).toMatch(/^steady waves/);
  });
});

describe('the names of colors', () => {
  it('are their own where a color is one of the palette', () => {
    for (const [name, hex] of Object.entries(PALETTE_NAMES)) expect(colorNames([hex])).toEqual([name]);
  });
});

describe.skipIf(!existsSync(training))('the words and colors of training', () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, training), 'utf8'));

  it('are those said here', () => {
    expect(read('palette.json')).toEqual(PALETTE_NAMES);
    const learnt = (facts: typeof speeds | typeof directions | typeof densities | typeof softnesses) =>
      Object.fromEntries(Object.entries(facts).map(([value, { learnt }]) => [value, learnt]));
    expect(read('lexicon.json')).toMatchObject({
      motifs: motifPhrases,
      speed: learnt(speeds),
      direction: learnt(directions),
      density: learnt(densities),
      softness: learnt(softnesses),
      neutral: expect.arrayContaining([...neutralWords]),
    });
  });
});
