import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRules } from '#domain/safety/brief/match-rules';
import { briefPolicy } from '#domain/safety/brief/policy';
import { readingsOf } from '#domain/safety/brief/readings';
import { spellingOf } from '#domain/safety/brief/spelling';
import { compileTerm } from '#domain/safety/brief/terms';

const spelling = spellingOf(
  ['the', 'house', 'heroine', 'therapist', 'murder', 'murders', 'murdering', 'earth', 'flat', 'is'],
  ['heroin', 'rapist', 'earth', 'flat', 'cocaine'],
  ['murder'],
);

describe('an unknown word', () => {
  it.each([
    ['coccaine', 'cocaine'],
    ['cocane', 'cocaine'],
    ['cocaien', 'cocaine'],
    ['eniacoc', 'cocaine'],
    ['murderin', 'murdering'],
  ])('%s may be %s', (word, meant) => {
    expect(spelling.likely(word)).toContain(meant);
  });

  it('is taken apart into the longest words', () => {
    expect(spelling.parts('theearthisflat')).toEqual(['the', 'earth', 'is', 'flat']);
  });
});

it('suspects no word that people know', () => {
  for (const word of ['heroine', 'therapist', 'house']) {
    expect(spelling.likely(word)).toEqual([]);
    expect(spelling.parts(word)).toEqual([]);
  }
});

it('reads a term with & in both orders, and a class as any of its words', () => {
  const terms = compileTerm('<hurt> &2 dog', { hurt: ['kick', 'beat*'] });
  expect(terms).toHaveLength(2);
  expect(() => compileTerm('<unknown> dog')).toThrow(/class/);
  expect(() => compileTerm('<loop>', { loop: ['<loop>'] })).toThrow(/class/);
});

it('gives every reading a place inside the text, whatever the text is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { atoms, startingAt, next } = readingsOf(text, briefPolicy().spelling);
      expect(startingAt).toHaveLength(atoms.length);
      startingAt.forEach((readings, from) => {
        expect(next[from]).toBeGreaterThan(from);
        for (const { to } of readings) expect(to > from && to <= atoms.length).toBe(true);
      });
    }),
    { numRuns: 20 },
  );
});

describe('words that the screen spreads out', () => {
  const policy = briefPolicy();
  const captions = (...texts: string[]) => texts.map((text, index) => ({ name: `storyboard[${index}].caption`, text }));

  it('are read across captions', () => {
    const [finding] = matchRules(policy, captions('KILL', 'THEM', 'ALL')).filter(({ severity }) => severity === 'reject');
    expect(finding).toMatchObject({ category: 'violence', rule: 'violence-graphic' });
    expect(finding?.evidence).toContain('storyboard[0].caption to storyboard[2].caption');
  });

  it('are not read across sentences that stand for themselves', () => {
    const long = 'a quiet morning in the kitchen '.repeat(6);
    expect(matchRules(policy, captions(`${long} slice`, `him a piece of cake ${long}`))).toEqual([]);
  });

  it('are read where letters hide that nobody sees', () => {
    const hidden = [...'kill everyone'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
    expect(matchRules(policy, [{ name: 'caption', text: `good morning${hidden}` }]).map(({ severity }) => severity)).toContain('reject');
  });
});

describe('a rare word', () => {
  const found = (text: string): string[] => matchRules(briefPolicy(), [{ name: 'caption', text }]).map(({ evidence }) => evidence);

  it.each([
    'Two psychotherapists lunching on the terrace',
    'Horseshoes over the stable door, a dozing pony',
    'A purring cat, the camera panning to the grater',
    'Pamper yourself with candied nettle and cress',
    'Inflatables for dunking, booties for the beach',
    'Braise the tortes? No, the muskmelons, chef',
    'We upholster with wanderlust: snuggling sofas, striping, swathed in rubbery light',
  ])('is no slip of another word: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(['a crowd lynchng him', 'molests a girl', 'enslaves them all', 'letterbombs for sale', 'they behead him, he beheads them'])(
    'that is a form of what a rule names is still found: %s',
    (text) => {
      expect(found(text)).not.toEqual([]);
    },
  );
});
