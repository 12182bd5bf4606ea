import { expect, it } from 'vitest';
import { TEMPLATES } from '#contracts/brief';
import { MOTIFS } from '#contracts/plan';
import { densities, motifPhrases, softnesses, speeds } from '#domain/plan/lexicon';
import { chooseMotif, motifWords } from '#domain/plan/motifs';
import { templates } from '#domain/plan/templates';

it.each([
  ['Morning light over a wooden table', 'rays'],
  ['Espresso pours into a cup, droplets fly', 'ripples'],
  ['Steam and aroma rise from the cup', 'smoke'],
  ['Sparkles over the powder', 'dust'],
  ['Snowflakes settle on the lid', 'snow'],
  ['A birthday party', 'confetti'],
  ['A retro pattern', 'stripes'],
  ['City lights at night behind the bottle', 'bokeh'],
  ['A ribbon of cream, smooth as silk', 'waves'],
  ['The glossy metal lid gleams', 'light-sweep'],
  ['A neon dream', 'aurora'],
  ['Clean pastel backdrop', 'gradient'],
] as const)('reads "%s" as %s', (description, motif) => {
  expect(chooseMotif(description, 0, ['gradient'])).toBe(motif);
});

it('follows the words named most often, and the first when two are named as often', () => {
  expect(chooseMotif('Water in the sun, a drop falls', 0, ['gradient'])).toBe('ripples');
  expect(chooseMotif('Sun on water', 0, ['gradient'])).toBe('rays');
});

it('lets the template decide when no word does, and never shows the same motif twice running', () => {
  expect(chooseMotif('The box', 1, ['bokeh', 'waves'])).toBe('waves');
  expect(chooseMotif('The box', 1, ['bokeh', 'waves'], 'waves')).toBe('bokeh');
  expect(chooseMotif('箱', 0, ['dust'])).toBe('dust');
});

it('reads every name that our own model learnt as the motif it names', () => {
  for (const motif of MOTIFS) for (const phrase of motifPhrases[motif]) expect(chooseMotif(phrase, 0, ['gradient']), phrase).toBe(motif);
});

it('keeps every word under one motif', () => {
  const words = MOTIFS.flatMap((motif) => motifWords[motif]);
  expect(new Set(words).size).toBe(words.length);
});

it('takes no motif from words that say how fast, how many or how soft', () => {
  const named = new Set(MOTIFS.flatMap((motif) => motifWords[motif]));
  for (const terms of [speeds, densities, softnesses])
    for (const { learnt } of Object.values(terms)) expect(learnt.filter((word) => named.has(word))).toEqual([]);
});

it('has a template for every id a brief may name, with no motif twice', () => {
  for (const id of TEMPLATES) expect(new Set(templates[id].motifs).size).toBe(templates[id].motifs.length);
});
