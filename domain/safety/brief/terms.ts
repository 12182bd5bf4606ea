import { fold } from './fold.ts';
import type { Reading, Readings } from './readings.ts';

/** Words that mean much the same to a rule, by name: `<make>` in a term is any word of the class `make`. */
export type WordClasses = Readonly<Record<string, readonly string[]>>;

/**
 * The language of the policy files. A term is words in a row: `kill|murder` is either word, `porn*` any word that starts so, `<people>` any
 * word of a class, `~2` up to two words of any kind, and `&4` the same but with its two sides in either order. `-2` is up to two words of one
 * phrase: it ends where somebody or something else begins, at a word of the class `elsewhere` and at an `article` that follows another word,
 * so `kill -3 light*` is in "kill the old stage lights" and neither in "kill him by the lights" nor in "kill Joe, the lights". A term with it
 * does not count where a word of the class `somebody` follows: "kill the light technician".
 */
export interface Term {
  readonly text: string;
  readonly steps: readonly Step[];
}
type Step = Gap<readonly Option[]> | { readonly options: readonly Option[] } | { readonly not: Nobody<readonly Option[]> };
/** Neither right here nor joined on: `the lights and the guard`. */
interface Nobody<Words> {
  readonly somebody: Words;
  readonly joins: Words;
  readonly opens: Words;
}
interface Gap<Words> {
  readonly gap: number;
  /** Where the words between must stay one phrase: what ends it, and what only opens one. */
  readonly phrase?: { readonly ends: Words; readonly opens: Words };
}
interface Option {
  readonly text: string;
  /** Takes any ending. */
  readonly open: boolean;
}

export interface Match {
  readonly term: string;
  /** As read, not as written: `kill` for `k1ll`. */
  readonly words: readonly string[];
  /** Atoms of the matched words, gaps left out. */
  readonly atoms: readonly number[];
}

/** Words of scripts that are written without spaces are read letter by letter (readings.ts), so their terms are too. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]+$/u;
const WORD = /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}]*\*?$/u;

/** One term, or two for `&`: one an order. Throws RangeError naming the term when it is none. */
export function compileTerm(text: string, classes: WordClasses = {}): readonly Term[] {
  const spaced = text.split(' ');
  const either = spaced.findIndex((step) => /^&[1-9]$/.test(step));
  if (either >= 0) {
    const [left, right, gap] = [spaced.slice(0, either), spaced.slice(either + 1), `~${spaced[either]?.slice(1)}`];
    return [
      [...left, gap, ...right],
      [...right, gap, ...left],
    ].map((steps) => ({ text, steps: compileSteps(text, steps, classes) }));
  }
  return [{ text, steps: compileSteps(text, spaced, classes) }];
}

/** All words of these terms: those that stand as they are, and those that take any ending. */
export function wordsOf(terms: readonly Term[]): { readonly closed: ReadonlySet<string>; readonly stems: ReadonlySet<string> } {
  const options = terms.flatMap(({ steps }) => steps.flatMap((step) => ('options' in step ? step.options : [])));
  const textsOf = (some: readonly Option[]): ReadonlySet<string> => new Set(some.map(({ text }) => text));
  return { closed: textsOf(options.filter(({ open }) => !open)), stems: textsOf(options.filter(({ open }) => open)) };
}

function compileSteps(text: string, spaced: readonly string[], classes: WordClasses): readonly Step[] {
  const steps = spaced.flatMap((step): Step[] => {
    if (/^~[1-9]$/.test(step)) return [{ gap: Number(step.slice(1)) }];
    if (/^-[1-9]$/.test(step)) {
      const phrase = { ends: optionsOf(text, '<elsewhere>', classes), opens: optionsOf(text, '<article>', classes) };
      return [{ gap: Number(step.slice(1)), phrase }];
    }
    if (UNSPACED.test(step)) return [...fold(step)].map((letter) => ({ options: [{ text: letter, open: false }] }));
    return [{ options: step.split('|').flatMap((word) => optionsOf(text, word, classes)) }];
  });
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || 'gap' in first || !last || 'gap' in last)
    throw new RangeError(`term "${text}": expected a word at the start and at the end`);
  const isPhrase = steps.some((step) => 'gap' in step && step.phrase);
  if (!isPhrase) return steps;
  const [somebody, joins, opens] = ['somebody', 'join', 'article'].map((name) => optionsOf(text, `<${name}>`, classes));
  return [...steps, { not: { somebody: somebody ?? [], joins: joins ?? [], opens: opens ?? [] } }];
}

function optionsOf(term: string, word: string, classes: WordClasses, inside: readonly string[] = []): Option[] {
  const [, name] = /^<([a-z-]+)>$/.exec(word) ?? [];
  if (name !== undefined) {
    const members = classes[name];
    if (!members || inside.includes(name))
      throw new RangeError(`term "${term}": expected a class of words that is listed once, found "${word}"`);
    return members.flatMap((member) => member.split('|').flatMap((one) => optionsOf(term, one, classes, [...inside, name])));
  }
  if (!WORD.test(word))
    throw new RangeError(
      `term "${term}": expected folded lower-case words such as kill|murder*, a class or a gap such as ~2 or -2, found "${word}"`,
    );
  return [{ text: fold(word.replace('*', '')), open: word.endsWith('*') }];
}

/** Endings that glued words may have: `ki lling`. Any ending would turn `vitamin k illness` into a threat. */
const ENDINGS = new Set(['', 's', 'es', 'd', 'ed', 'er', 'ers', 'ing']);

/**
 * All steps of all terms by their words, so that a word of a text is looked up once, however many terms there are. Steps with the same
 * words are one step.
 */
class StepIndex {
  readonly #ids = new Map<string, number>();
  readonly #closed = new Map<string, number[]>();
  readonly #open = new Map<string, number[]>();
  /** For words that hide letters, by first letter. */
  readonly #byLetter = new Map<string, { readonly option: Option; readonly id: number }[]>();
  #longestOpen = 0;

  add(options: readonly Option[]): number {
    const key = [...new Set(options.map(({ text, open }) => (open ? `${text}*` : text)))].sort().join('|');
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(key, id);
    for (const option of options) {
      append(option.open ? this.#open : this.#closed, option.text, id);
      append(this.#byLetter, option.text.slice(0, 1), { option, id });
      if (option.open) this.#longestOpen = Math.max(this.#longestOpen, option.text.length);
    }
    return id;
  }

  /** Steps that this word satisfies. */
  of({ word, joined }: Reading): readonly number[] {
    if (word.includes('*'))
      return (this.#byLetter.get(word.slice(0, 1)) ?? []).filter(({ option }) => couldBe(word, option)).map(({ id }) => id);
    const ids = [...(this.#closed.get(word) ?? [])];
    for (let length = 1; length <= Math.min(word.length, this.#longestOpen); length++) {
      const found = this.#open.get(word.slice(0, length));
      if (found && (!joined || ENDINGS.has(word.slice(length)))) ids.push(...found);
    }
    return ids;
  }
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Whether the letters that `k*ll` shows are those of the option. */
function couldBe(word: string, { text, open }: Option): boolean {
  if (open ? word.length < text.length : word.length !== text.length) return false;
  return [...text].every((letter, index) => word[index] === letter || word[index] === '*');
}

interface Entry<Owner> {
  readonly owner: Owner;
  readonly term: string;
  readonly steps: readonly (Gap<number> | { readonly id: number } | { readonly not: Nobody<number> })[];
}

/** By step, the readings at one place that satisfy it. */
type Place = ReadonlyMap<number, readonly Reading[]>;
const NOTHING: Place = new Map();

/** Every term found, at every place, each place once. The time is proportional to the text: the work at one place has a bound. */
export class TermFinder<Owner> {
  readonly #index = new StepIndex();
  readonly #byFirst = new Map<number, Entry<Owner>[]>();

  add(term: Term, owner: Owner): void {
    const steps = term.steps.map((step) => {
      if ('not' in step) {
        const { somebody, joins, opens } = step.not;
        return { not: { somebody: this.#index.add(somebody), joins: this.#index.add(joins), opens: this.#index.add(opens) } };
      }
      return 'gap' in step ? this.#gap(step) : { id: this.#index.add(step.options) };
    });
    const [first] = steps;
    if (first && 'id' in first) append(this.#byFirst, first.id, { owner, term: term.text, steps });
  }

  #gap({ gap, phrase }: Gap<readonly Option[]>): Gap<number> {
    return { gap, ...(phrase && { phrase: { ends: this.#index.add(phrase.ends), opens: this.#index.add(phrase.opens) } }) };
  }

  /** Owners that are not wanted (any more) are not looked for. */
  *find(readings: Readings, isWanted: (owner: Owner) => boolean = () => true): Generator<{ readonly owner: Owner; readonly match: Match }> {
    const places = this.#places(readings);
    for (let from = 0; from < places.length; from++) {
      for (const id of places[from]?.keys() ?? []) {
        for (const { owner, term, steps } of this.#byFirst.get(id) ?? []) {
          if (!isWanted(owner)) continue;
          const match = matchAt(places, readings.next, steps, from, 0);
          if (match) yield { owner, match: { term, words: match.map(({ word }) => word), atoms: match.flatMap(atomsOf) } };
        }
      }
    }
  }

  #places({ startingAt }: Readings): readonly Place[] {
    const stepsOf = new Map<string, readonly number[]>();
    return startingAt.map((starting) => {
      const place = new Map<number, Reading[]>();
      for (const reading of starting) {
        const key = reading.joined ? `+${reading.word}` : reading.word;
        const ids = stepsOf.get(key) ?? this.#index.of(reading);
        stepsOf.set(key, ids);
        for (const id of ids) append(place, id, reading);
      }
      return place.size > 0 ? place : NOTHING;
    });
  }
}

const atomsOf = ({ from, to }: Reading): number[] => Array.from({ length: to - from }, (_, index) => from + index);

function matchAt(
  places: readonly Place[],
  next: readonly number[],
  steps: Entry<unknown>['steps'],
  at: number,
  index: number,
): Reading[] | undefined {
  const step = steps[index];
  if (!step) return [];
  if ('not' in step) return somebodyAt(places, next, step.not, at) ? undefined : matchAt(places, next, steps, at, index + 1);
  if ('gap' in step) {
    let place = at;
    let opening = true;
    for (let skipped = 0; skipped <= step.gap && place < places.length; skipped++) {
      const rest = matchAt(places, next, steps, place, index + 1);
      if (rest) return rest;
      if (step.phrase) {
        const here = places[place];
        const opens = here?.has(step.phrase.opens) ?? false;
        if (here?.has(step.phrase.ends) || (opens && !opening)) return undefined;
        opening &&= opens;
      }
      place = next[place] ?? places.length;
    }
    return undefined;
  }
  for (const reading of places[at]?.get(step.id) ?? []) {
    const rest = matchAt(places, next, steps, reading.to, index + 1);
    if (rest) return [reading, ...rest];
  }
  return undefined;
}

function somebodyAt(places: readonly Place[], next: readonly number[], { somebody, joins, opens }: Nobody<number>, at: number): boolean {
  let place = at;
  if (places[place]?.has(joins)) {
    place = next[place] ?? places.length;
    if (places[place]?.has(opens)) place = next[place] ?? places.length;
  }
  return places[place]?.has(somebody) ?? false;
}
