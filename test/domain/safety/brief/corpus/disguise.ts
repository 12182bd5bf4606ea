/**
 * Writes `disguised.txt`: harmful lines of `written.txt` with one disguise each, in turn. The same lines give the same file.
 * Run it with `node test/domain/safety/brief/corpus/disguise.ts` after changing `written.txt`.
 */
import { writeFileSync } from 'node:fs';
import { readCorpus } from './read-corpus.ts';

const swap = (table: Readonly<Record<string, string>>) => (text: string) => [...text].map((letter) => table[letter] ?? letter).join('');
const words = (change: (word: string) => string) => (text: string) => text.replace(/\p{L}{4,}/gu, change);
const shift = (by: number) => (text: string) =>
  text.replace(/[a-z]/g, (letter) => String.fromCodePoint(by + (letter.codePointAt(0) ?? 97) - 97));
const middle = (word: string): number => Math.floor(word.length / 2);
const insert = (sign: string) => words((word) => word.slice(0, middle(word)) + sign + word.slice(middle(word)));

const disguises: Readonly<Record<string, (text: string) => string>> = {
  'zero-width space': insert('\u200b'),
  'soft hyphen': insert('\u00ad'),
  'Cyrillic letters': swap({ a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у' }),
  'Greek letters': swap({ a: 'α', i: 'ι', k: 'κ', n: 'η', o: 'ο', t: 'τ' }),
  'full width': shift(0xff41),
  'bold script': shift(0x1d4ea),
  'circled letters': shift(0x24d0),
  'boxed letters': shift(0x1f170),
  'flag letters': (text) => [...shift(0x1f1e6)(text)].join('\u200b'),
  leetspeak: swap({ a: '4', e: '3', i: '1', o: '0' }),
  'signs for letters': swap({ a: '@', i: '!', s: '$' }),
  'spaced letters': (text) =>
    text
      .split(' ')
      .map((word) => [...word].join(' '))
      .join('  '),
  'dotted letters': words((word) => [...word].join('.')),
  'a hyphen inside': insert('-'),
  'an underscore inside': insert('_'),
  'struck through': words((word) => [...word].join('\u0336')),
  'stretched letters': words((word) => word.slice(0, 1) + (word[1] ?? '').repeat(4) + word.slice(2)),
  'a doubled letter': words((word) => word.slice(0, middle(word)) + (word[middle(word)] ?? '') + word.slice(middle(word))),
  'a hidden letter': words((word) => `${word.slice(0, middle(word))}*${word.slice(middle(word) + 1)}`),
  'two letters exchanged': (text) =>
    text.replace(/\p{L}{7,}/gu, (word) => word.slice(0, 3) + (word[4] ?? '') + (word[3] ?? '') + word.slice(5)),
  'a missing letter': (text) => text.replace(/\p{L}{8,}/gu, (word) => word.slice(0, 4) + word.slice(5)),
  'glued words': (text) => (text.length <= 40 ? text.replaceAll(' ', '') : text),
  'cut in two': words((word) => (word.length < 6 ? word : `${word.slice(0, 2)} ${word.slice(2)}`)),
  backwards: (text) => text.replace(/\p{L}{5,}/gu, (word) => [...word].reverse().join('')),
  'spread over captions': (text) => text.split(' ').join(' // '),
  'shouted with accents': (text) => text.toUpperCase().replace(/[AEIOU]/g, (letter) => `${letter}\u0301`),
};

const escaped = (text: string): string =>
  text.replace(/[\p{Cf}\p{M}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

const plain = readCorpus('written').filter(({ wanted, text }) => wanted !== 'allow' && /^[a-z][a-zA-Z' ,]+$/.test(text));
const lines = Array.from({ length: Math.ceil(plain.length * 1.25) }, (_, index) => {
  // Neighbouring lines get neighbouring disguises; the second time round they are three apart, so no pair comes twice.
  const turn = index < plain.length ? index : index + 3;
  const [name, disguise] = Object.entries(disguises)[turn % Object.keys(disguises).length] ?? ['nothing', (text: string) => text];
  const line = plain[index % plain.length];
  return line ? { name, text: `caught | ${line.category} | ${escaped(disguise(line.text.toLowerCase()))}` } : undefined;
});
const byName = Map.groupBy(
  lines.filter((line) => line !== undefined),
  ({ name }) => name,
);
const sections = [...byName].map(([name, some]) => [`# --- ${name}`, ...some.map(({ text }) => text)].join('\n'));
writeFileSync(
  new URL('./disguised.txt', import.meta.url),
  `# Made by disguise.ts from written.txt. verdict | category | text\n${sections.join('\n')}\n`,
);
