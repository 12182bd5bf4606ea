import type { Reading, Readings } from './readings.ts';

/**
 * The language of the policy file. A term is words in a row: `kill|murder` is either word, `porn*` any word that starts so,
 * `~2` up to two words of any kind.
 */
export interface Term {
  readonly text: string;
  readonly steps: readonly Step[];
}
type Step = { readonly gap: number } | { readonly options: readonly { readonly text: string; readonly open: boolean }[] };

export interface Match {
  readonly term: string;
  /** As read, not as written: `kill` for `k1ll`. */
  readonly words: readonly string[];
  /** Atoms of the matched words, gaps left out. */
  readonly atoms: readonly number[];
}

/** Throws RangeError naming the term when it is no term. */
export function compileTerm(text: string): Term {
  const steps = text.split(' ').map((step): Step => {
    if (/^~[1-9]$/.test(step)) return { gap: Number(step.slice(1)) };
    if (!/^[\p{Ll}\p{N}]+\*?(\|[\p{Ll}\p{N}]+\*?)*$/u.test(step))
      throw new RangeError(`term "${text}": expected folded lower-case words such as kill|murder*, or a gap such as ~2, found "${step}"`);
    return { options: step.split('|').map((word) => ({ text: word.replace('*', ''), open: word.endsWith('*') })) };
  });
  if (!steps[0] || 'gap' in steps[0]) throw new RangeError(`term "${text}": expected a word at the start`);
  return { text, steps };
}

/** Endings that glued words may have: `ki lling`. Any ending would turn `vitamin k illness` into a threat. */
const ENDINGS = new Set(['', 's', 'es', 'd', 'ed', 'er', 'ers', 'ing']);

function reads({ word, joined }: Reading, option: { text: string; open: boolean }): boolean {
  const { text, open } = option;
  if (word.includes('*')) {
    const sameLength = open ? word.length >= text.length : word.length === text.length;
    return sameLength && [...text].every((letter, index) => word[index] === letter || word[index] === '*');
  }
  if (!open) return word === text;
  return word.startsWith(text) && (!joined || ENDINGS.has(word.slice(text.length)));
}

/** Every term found, at every place, each place once. */
export class TermFinder<Owner> {
  /** By the first two letters of the first word, and by the first alone for words that hide their second. */
  readonly #byStart = new Map<string, { readonly term: Term; readonly owner: Owner }[]>();

  add(term: Term, owner: Owner): void {
    const [first] = term.steps;
    const words = first && 'options' in first ? first.options.map(({ text }) => text) : [];
    for (const start of new Set(words.flatMap((word) => [word.slice(0, 1), word.slice(0, 2)]))) {
      const entries = this.#byStart.get(start) ?? [];
      entries.push({ term, owner });
      this.#byStart.set(start, entries);
    }
  }

  find(readings: Readings): { readonly owner: Owner; readonly match: Match }[] {
    return readings.startingAt.flatMap((starting, from) => {
      const entries = starting.flatMap(({ word }) => this.#byStart.get(word.slice(0, word.includes('*') ? 1 : 2)) ?? []);
      const candidates = new Map(entries.map(({ term, owner }) => [term, owner]));
      return [...candidates].flatMap(([term, owner]) => {
        const match = matchAt(readings, term, from, 0);
        return match ? [{ owner, match: { term: term.text, words: match.map(({ word }) => word), atoms: match.flatMap(atomsOf) } }] : [];
      });
    });
  }
}

const atomsOf = ({ from, to }: Reading): number[] => Array.from({ length: to - from }, (_, index) => from + index);

function matchAt(readings: Readings, term: Term, at: number, index: number): Reading[] | undefined {
  const step = term.steps[index];
  if (!step) return [];
  if ('gap' in step) {
    for (let skipped = 0; skipped <= step.gap; skipped++) {
      const rest = matchAt(readings, term, at + skipped, index + 1);
      if (rest) return rest;
    }
    return undefined;
  }
  for (const reading of readings.startingAt[at] ?? []) {
    if (!step.options.some((option) => reads(reading, option))) continue;
    const rest = matchAt(readings, term, reading.to, index + 1);
    if (rest) return [reading, ...rest];
  }
  return undefined;
}
