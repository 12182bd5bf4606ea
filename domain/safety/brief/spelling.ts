/** What a word that nobody knows may be: a known word misspelt, written backwards, or several glued together. */
export interface Spelling {
  knows(word: string): boolean;
  /** Words of the policy that differ from this unknown one by a slip of the pen. Empty for words that are known as they stand. */
  likely(word: string): readonly string[];
  /** The words that an unknown one is glued from, or nothing. */
  parts(word: string): readonly string[];
}

/** Knows no word and suspects none: for texts that are read as they stand. */
export const PLAIN: Spelling = { knows: () => true, likely: () => [], parts: () => [] };

/** Two-letter words and the two of one letter that stand inside glued phrases: `makeabomb`, `howtokill`. */
const SMALL_WORDS = 'a i am an as at be by do go he if in is it me my no of on or so to up us we'.split(' ');
/** Frequent enough to be part of a glued phrase. Rarer ones make nonsense of foreign names. */
const COMMON = 4_000;
/** A slip in a shorter word gives another word as often as not: boom, bomb, bob. */
const SHORTEST_SLIP = 6;
/** Doubled letters hide nothing in words from this length on. */
const SHORTEST_DOUBLED = 4;
/** Longest glued phrase that is taken apart, in letters; the work grows with its square. */
const LONGEST_GLUED = 40;
const LONGEST_PART = 16;
/** More parts than this is an accident: any row of letters falls apart into short words. */
const MOST_PARTS = 7;

/**
 * `known`: ordinary words, most frequent first. `words` and `stems` are those of the policy; a stem stands for the known words that begin with
 * it. Only words outside `known` are suspected, so `heroine` is never read as a drug, nor `therapist` as two words.
 */
export function spellingOf(known: readonly string[], words: Iterable<string>, stems: Iterable<string>): Spelling {
  const knownWords = new Set(known);
  const ofPolicy = new Set([...words].filter((word) => /^[a-z]{4,}$/.test(word)));
  const sorted = [...known].sort();
  for (const stem of stems) {
    if (stem.length < 4 || !/^[a-z]+$/.test(stem)) continue;
    ofPolicy.add(stem);
    for (let at = firstFrom(sorted, stem); sorted[at]?.startsWith(stem); at++) ofPolicy.add(sorted[at] ?? stem);
  }
  const slips = new Map<string, string[]>();
  const doubles = new Map<string, string[]>();
  for (const word of ofPolicy) {
    push(doubles, undoubled(word), word);
    if (word.length >= SHORTEST_SLIP) for (const key of [word, ...shortenings(word)]) push(slips, key, word);
  }
  const partWords = new Set([...SMALL_WORDS, ...known.slice(0, COMMON), ...[...ofPolicy].filter((word) => word.length >= 4)]);

  const knows = (word: string): boolean => knownWords.has(word) || ofPolicy.has(word);
  /** "bobs" is no slip: what bobs is known. */
  const ends = (word: string): boolean => /[^s]s$/.test(word) && knownWords.has(word.slice(0, -1));
  return {
    knows,
    likely(word) {
      if (word.length < SHORTEST_DOUBLED || word.length > LONGEST_PART || knows(word) || ends(word) || !/^[a-z]+$/.test(word)) return [];
      const found = new Set(doubles.get(undoubled(word)) ?? []);
      const backwards = [...word].reverse().join('');
      if (ofPolicy.has(backwards)) found.add(backwards);
      if (word.length >= SHORTEST_SLIP - 1)
        for (const key of [word, ...shortenings(word)])
          for (const other of slips.get(key) ?? []) if (other[0] === word[0] && oneSlipApart(word, other)) found.add(other);
      return [...found];
    },
    parts: (word) =>
      word.length < SHORTEST_SLIP || word.length > LONGEST_GLUED || knows(word) || !/^[a-z]+$/.test(word)
        ? []
        : longestParts(word, partWords, ofPolicy),
  };
}

/** The split into the longest words (by their squares: `the earth`, not `thee arth`) that holds at least one word of the policy. */
function longestParts(word: string, partWords: ReadonlySet<string>, ofPolicy: ReadonlySet<string>): readonly string[] {
  const best: ({ readonly parts: readonly string[]; readonly worth: number } | undefined)[] = [{ parts: [], worth: 0 }];
  for (let end = 1; end <= word.length; end++) {
    for (let start = Math.max(0, end - LONGEST_PART); start < end; start++) {
      const before = best[start];
      const part = word.slice(start, end);
      if (!before || before.parts.length >= MOST_PARTS || !partWords.has(part)) continue;
      const worth = before.worth + part.length ** 2;
      if (worth > (best[end]?.worth ?? 0)) best[end] = { parts: [...before.parts, part], worth };
    }
  }
  const parts = best[word.length]?.parts ?? [];
  // `coup` and `let`: a word that nobody listed, with an ending that happens to be a word.
  const ending = parts.length === 2 && (parts[1]?.length ?? 0) <= 3;
  return parts.length > 1 && !ending && parts.some((part) => ofPolicy.has(part)) ? parts : [];
}

const push = (map: Map<string, string[]>, key: string, value: string): void => {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
};

const undoubled = (word: string): string => word.replace(/(.)\1+/g, '$1');

const shortenings = (word: string): string[] => Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));

/** One letter more, less, other, or two neighbours exchanged. */
function oneSlipApart(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [a, b] = [one.slice(same), other.slice(same)];
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
}

/** Index of the first word that is not before `wanted`. */
function firstFrom(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
