import fc from 'fast-check';
import { expect, it } from 'vitest';
import { briefPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { wordsBy } from '../world.ts';

const rules = [rulesVoter(briefPolicy())];
const verdictOf = async (text: string) => (await wordsBy(rules, [{ name: 'caption', text }])).verdict;

const words = fc.constantFrom(
  'pornography',
  'behead',
  'swastika',
  'masturbate',
  'decapitated',
  'kill',
  'murder',
  'stabbing',
  'cigarettes',
  'cocaine',
  'suicide',
  'lingerie',
  'nazi',
  'torture',
  'election',
  'pikachu',
);
const anywhere = (word: string, insert: string, at: number) =>
  word.slice(0, 1 + (at % (word.length - 1))) + insert + word.slice(1 + (at % (word.length - 1)));
const swap = (table: Readonly<Record<string, string>>) => (word: string) => [...word].map((letter) => table[letter] ?? letter).join('');

/** Ways to write a word so that people read it and naive filters do not. */
const disguises: Readonly<Record<string, (word: string, at: number) => string>> = {
  'upper case': (word) => word.toUpperCase(),
  'mixed case': (word) => [...word].map((letter, index) => (index % 2 ? letter : letter.toUpperCase())).join(''),
  'a zero-width space': (word, at) => anywhere(word, '\u200b', at),
  'a soft hyphen': (word, at) => anywhere(word, '\u00ad', at),
  'a bidi mark': (word, at) => anywhere(word, '\u202e', at),
  'a combining mark': (word, at) => anywhere(word, '\u0336', at),
  'a variation selector': (word, at) => anywhere(word, '\ufe0f', at),
  'Cyrillic letters': swap({ a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у' }),
  'Greek letters': swap({ a: 'α', i: 'ι', k: 'κ', n: 'η', o: 'ο', t: 'τ', u: 'υ' }),
  'full width letters': (word) => [...word].map((letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)).join(''),
  'bold mathematical letters': (word) => [...word].map((letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97)).join(''),
  'circled letters': (word) => [...word].map((letter) => String.fromCodePoint(0x24d0 + letter.charCodeAt(0) - 97)).join(''),
  'boxed letters': (word) => [...word].map((letter) => String.fromCodePoint(0x1f170 + letter.charCodeAt(0) - 97)).join(''),
  'digits for letters': swap({ a: '4', e: '3', i: '1', o: '0' }),
  'signs for letters': swap({ a: '@', i: '!', s: '$' }),
  spaces: (word) => [...word].join(' '),
  dots: (word) => [...word].join('.'),
  hyphens: (word) => [...word].join('-'),
  underscores: (word) => [...word].join('_'),
  stars: (word) => [...word].join('*'),
  'a hyphen inside': (word, at) => anywhere(word, '-', at),
  'a stretched letter': (word, at) => anywhere(word, (word[at % (word.length - 1)] ?? '').repeat(3), at),
  'a hidden letter': (word, at) =>
    word.length < 4 ? word : `${word.slice(0, 1 + (at % (word.length - 2)))}*${word.slice(2 + (at % (word.length - 2)))}`,
};

it.each(Object.entries(disguises))('sees through %s', (_, disguise) =>
  fc.assert(
    fc.asyncProperty(
      words,
      fc.nat(20),
      fc.constantFrom('', 'a cup, ', '春 '),
      fc.constantFrom('', '!', ' and tea', '...'),
      async (word, at, before, after) => {
        expect(await verdictOf(before + disguise(word, at) + after)).not.toBe('allow');
      },
    ),
    { numRuns: 60 },
  ),
);

it('says about a text what it says about the same text in other letters', () =>
  fc.assert(
    fc.asyncProperty(words, words, async (one, other) => {
      const plain = await verdictOf(`${one} the ${other}`);
      for (const name of ['upper case', 'Cyrillic letters', 'full width letters', 'boxed letters'] as const)
        expect(await verdictOf(`${disguises[name]?.(one, 0)} the ${disguises[name]?.(other, 0)}`)).toBe(plain);
    }),
  ));

it('answers any text whatever, the same way twice, and quickly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 1000 }), async (text) => {
      expect(await verdictOf(text)).toBe(await verdictOf(text));
    }),
  );
  const started = process.cpuUsage(); // not the clock, which runs on while others compute
  await wordsBy(
    rules,
    Array.from({ length: 240 }, (_, index) => ({ name: `shot ${index}`, text: 'a p o r t of k*ll '.repeat(55) })),
  );
  const { user, system } = process.cpuUsage(started); // microseconds
  expect(user + system).toBeLessThan(10_000_000); // the largest brief, all of it hostile; 3.5 s of CPU on a busy core
});
