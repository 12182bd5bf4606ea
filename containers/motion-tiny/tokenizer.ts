/** Words that the model reads; what comes after is cut. */
export const TOKENS = 32;
/** Rows of the model's embedding: 0 says that there is no word, every word hashes to one of the others. */
const VOCABULARY = 4096;

/**
 * A text as the numbers that the model reads: lower case, cut at everything but a-z and 0-9, every word its hash. The same as `tokenize` of
 * models/training/words.py; a test holds both to the same numbers.
 */
export function tokenIds(text: string): BigInt64Array {
  const ids = new BigInt64Array(TOKENS);
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  words.slice(0, TOKENS).forEach((word, place) => {
    ids[place] = BigInt(1 + (fnv1a(word) % (VOCABULARY - 1)));
  });
  return ids;
}

/** FNV-1a, 32 bits, of a word of ASCII. */
function fnv1a(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
