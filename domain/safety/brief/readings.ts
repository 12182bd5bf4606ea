import { fold } from './fold.ts';
import { PLAIN, type Spelling } from './spelling.ts';

/** One way to read the atoms `from` to `to` (half-open) of a text as a word. A `*` stands for one letter that the writer hid. */
export interface Reading {
  readonly word: string;
  readonly from: number;
  readonly to: number;
  /** Glued from words that may be two words: trusted less, so an open-ended term takes only common endings of it. */
  readonly joined: boolean;
}

/** A text as a row of atoms (runs of letters and digits) and all the words that can be read from them, by first atom. */
export interface Readings {
  readonly atoms: readonly string[];
  readonly startingAt: readonly (readonly Reading[])[];
  /** By atom, where the next word starts: one further, or behind a word that is spelled out. */
  readonly next: readonly number[];
}

/** Signs read as letters. `1`, `!` and `|` stand for i as often as for l, so both are tried. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    0: 'o',
    3: 'e',
    4: 'a',
    5: 's',
    7: 't',
    8: 'b',
    9: 'g',
    '@': 'a',
    $: 's',
    '+': 't',
    '\u20ac': 'e',
    '\u00a3': 'l',
    '\u00a2': 'c',
    '\u00a1': 'i',
  }),
);
const I_OR_L = new Set(['1', '!', '|']);
const LETTERS_AND_SIGNS = /[\p{L}\p{N}@$!|+*#\u20ac\u00a3\u00a2\u00a1]+/gu;

/** Longest word anyone hides, in characters; longer runs are addresses and hashes. */
const MAX_WORD = 40;
/** A letter of a script without spaces between words, a run of letters and digits, or a lone sign that may start a word (`$ex`). */
const PIECES =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{N}])+/gu;
/** Short words that stand alone in honest text and must not be glued to a neighbour ("an al fresco lunch"). */
const SHORT_WORDS = new Set(
  'a an as al am at be by do en go he hi i if in is it la le me mr ms my no of oh ok on or so the to tv uk un up us we x y'.split(' '),
);

/** `spelling` adds what unknown words may be: misspelt, backwards, or several words glued together. */
export function readingsOf(text: string, spelling: Spelling = PLAIN): Readings {
  const atoms: string[] = [];
  const all: Reading[] = [];
  const add = (words: Iterable<string>, from: number, to: number, joined: boolean): void => {
    const variants = new Set([...words].flatMap(withoutStretching));
    for (const word of [...variants]) if (!joined) for (const likely of spelling.likely(word)) variants.add(likely);
    for (const word of variants) all.push({ word, from, to, joined });
  };
  /** One atom, or one for each word that the piece is glued from. */
  const addPiece = (piece: string): void => {
    const from = atoms.length;
    const words = spellings(piece);
    const parts = piece.length <= MAX_WORD ? (words.map((word) => spelling.parts(word)).find(({ length }) => length > 0) ?? []) : [];
    for (const part of parts) {
      add([part], atoms.length, atoms.length + 1, false);
      atoms.push(part);
    }
    if (parts.length === 0) atoms.push(piece);
    add(words, from, atoms.length, false);
  };

  const spelledTo = new Map<number, number>();
  let run: number[] = []; // atoms of one Latin letter or digit each, single-spaced: s p e l l e d
  const endRun = (): void => {
    const [first] = run;
    if (first !== undefined && run.length >= 3) {
      spelledTo.set(first, first + run.length);
      const spelled = run.map((index) => atoms[index]).join('');
      // "a p o r n ..." starts with an article, not with a letter of the word.
      for (const skipped of /^[ai]/.test(spelled) ? [0, 1] : [0]) {
        const words = spellings(spelled.slice(skipped));
        add(words, first + skipped, first + run.length, false);
        let at = first + skipped;
        // A sign was read as one letter, so the parts have as many letters as the run has atoms.
        const parts =
          run.length <= MAX_WORD
            ? words.map((word) => spelling.parts(word)).find((some) => some.join('').length === run.length - skipped)
            : [];
        for (const part of parts ?? []) {
          add([part], at, at + part.length, false);
          at += part.length;
        }
      }
    }
    run = [];
  };

  for (const [gap, chunk] of chunksOf(fold(text))) {
    if (gap > 1) endRun();
    const from = atoms.length;
    for (const [part] of chunk.matchAll(LETTERS_AND_SIGNS)) {
      const start = atoms.length;
      const pieces = part.match(PIECES) ?? (SIGNS.has(part[0] ?? '') && part.length > 2 ? [part] : []);
      for (const piece of pieces) {
        if (/^[a-z0-9]$/.test(piece)) run.push(atoms.length);
        else endRun();
        addPiece(piece);
      }
      if (atoms.length > start && part.length <= MAX_WORD && /[^\p{L}\p{N}]/u.test(part))
        add([...spellings(part), ...hidden(part)], start, atoms.length, false);
    }
    if (atoms.length - from > 1 && chunk.length <= MAX_WORD) add(spellings(chunk), from, atoms.length, false);
  }
  endRun();
  gluePieces(atoms, spelling, (word, from, to) => add([word], from, to, true));

  const startingAt: Reading[][] = atoms.map(() => []);
  for (const reading of all) startingAt[reading.from]?.push(reading);
  return { atoms, startingAt, next: atoms.map((_, index) => spelledTo.get(index) ?? index + 1) };
}

/** Chunks between white space, each with the width of the gap before it. */
function chunksOf(text: string): (readonly [gap: number, chunk: string])[] {
  return [...text.matchAll(/(\s*)(\S+)/gu)].map(([, gap = '', chunk = '']) => [gap.length, chunk] as const);
}

/** The letters of a piece: as written, without trailing digits, and with signs read as letters when it has letters at all. */
function spellings(piece: string): string[] {
  const letters = piece.replace(/[^\p{L}\p{N}]/gu, '');
  const words = [letters, letters.replace(/\p{N}+$/u, '')];
  const bare = piece.replace(/[!|+*#.,;:?]+$/u, '');
  const signs = [...bare].some((character) => SIGNS.has(character) || I_OR_L.has(character));
  const count = (kind: RegExp): number => bare.match(kind)?.length ?? 0;
  // One letter among digits is a number of something (`a55`), not a word in disguise.
  const wordLike = count(/\p{L}/gu) >= Math.min(2, count(/\p{N}/gu));
  if (signs && wordLike && /[\p{L}@$]/u.test(bare)) {
    // A last `!` is either a letter (`n@z!`) or an exclamation.
    const whole = piece.replace(/!+$/u, '!');
    for (const stroke of ['i', 'l'] as const) words.push(readSigns(bare, stroke), readSigns(whole, stroke));
  }
  return words.filter((word) => word !== '');
}

function readSigns(piece: string, stroke: 'i' | 'l'): string {
  return [...piece]
    .map((character) => SIGNS.get(character) ?? (I_OR_L.has(character) ? stroke : character))
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** `k*ll` hides a letter; what hides more letters than it shows is no word any more. */
function hidden(part: string): string[] {
  const stars = part.replace(/#/g, '*').replace(/[!|+]+$/u, '');
  const shown = stars.replace(/\*/g, '').length;
  return /^\p{L}+\*+\p{L}*$/u.test(stars) && shown >= stars.length - shown && stars.length >= 3 ? [stars] : [];
}

/** `kiiill` is `kill` or `kiill`: no English word has a letter three times in a row, so the run is cut to one and to two. */
function withoutStretching(word: string): string[] {
  const stretched = /(\p{L})\1{2,}/gu;
  if (!stretched.test(word)) return [word];
  return [word, word.replace(stretched, '$1'), word.replace(stretched, '$1$1')];
}

/**
 * `ki ll`, `k il l` and `mas turbate`: two or three neighbours that make a word together, when one of them is too short to be one or is no
 * word that anyone knows.
 */
function gluePieces(atoms: readonly string[], spelling: Spelling, add: (word: string, from: number, to: number) => void): void {
  const broken = (piece: string): boolean => piece.length <= 2 || !spelling.knows(piece);
  for (let from = 0; from < atoms.length; from++) {
    for (const count of [2, 3]) {
      const pieces = atoms.slice(from, from + count);
      const word = pieces.join('');
      const apart = pieces.length === count && word.length >= 4 && word.length <= 14 && pieces.every((piece) => /^[a-z]+$/.test(piece));
      const odd = pieces.some((piece) => piece.length > 2 && !spelling.knows(piece));
      if (apart && pieces.some(broken) && (odd || !pieces.some((piece) => SHORT_WORDS.has(piece)))) add(word, from, from + count);
    }
  }
}
