import { expect, it } from 'vitest';
import { isForm, isTornApart } from '../../../tools/lexicon/forms.ts';

it.each([
  ['enslaves', 'enslaved'],
  ['brutalize', 'brutalized'],
  ['kidnaper', 'kidnapper'],
  ['molests', 'molester'],
  ['fagot', 'faggot'],
  ['shoplifted', 'shoplift'],
])('%s is a form of %s, so it stays suspected', (word, other) => {
  expect(isForm(word, other)).toBe(true);
});

it.each([
  ['lunching', 'lynching'],
  ['dozing', 'doxing'],
  ['snuggling', 'smuggling'],
  ['grater', 'garter'],
  ['pistil', 'pistol'],
  ['copse', 'corpse'],
  ['purring', 'purging'],
])('%s is no form of %s', (word, other) => {
  expect(isForm(word, other)).toBe(false);
});

it('tells words that fall apart by accident from compounds', () => {
  expect(isTornApart('psychotherapists', ['psycho', 'the', 'rapists'])).toBe(true);
  expect(isTornApart('upholster', ['up', 'holster'])).toBe(true);
  expect(isTornApart('horseshoes', ['horses', 'hoes'])).toBe(true);
  expect(isTornApart('gunfights', ['gun', 'fights'])).toBe(false);
  expect(isTornApart('beheads', ['be', 'heads'])).toBe(false);
  expect(isTornApart('letterbombs', ['letter', 'bombs'])).toBe(false);
});
