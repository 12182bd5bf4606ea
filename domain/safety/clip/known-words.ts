/** Words as they are compared: letters and digits, small, compatibility forms folded. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/**
 * Tells lines that stand in the accepted brief, in its words or on its pictures, from lines that do not: whoever accepted those has
 * answered for them. A line is known when its words follow each other in one known text, so a part of a caption that wraps is known, and
 * half a word is not.
 */
export function knownWords(texts: readonly string[]): (line: string) => boolean {
  const known = texts.map((text) => ` ${wordsOf(text).join(' ')} `);
  return (line) => {
    const words = wordsOf(line);
    return words.length === 0 || known.some((text) => text.includes(` ${words.join(' ')} `));
  };
}
