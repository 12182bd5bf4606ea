import type { Readings } from '../readings.ts';
import type { Spelling } from '../spelling.ts';

/** What every number is to the model: how many is rarely what makes a text harmful. */
export const NUMBER = '0';

/**
 * The most likely words of a text, one after the other, for a model that reads a text once: of all readings at a place the longest that is
 * a known word, so `k1ll`, `k i l l` and `kil l` are `kill`, and otherwise what stands there. The rules look at every reading.
 */
export function likelyWords({ atoms, startingAt }: Readings, spelling: Spelling): string[] {
  const words: string[] = [];
  for (let at = 0; at < atoms.length; ) {
    const readings = (startingAt[at] ?? []).filter(({ word }) => !word.includes('*'));
    const known = readings.filter(({ word, joined, from, to }) => spelling.knows(word) && (!joined || to - from > 1));
    // Two real words that make a third ("so fa") stay two: a joined reading counts only where a piece of it is no word.
    const likely = known
      .filter(({ joined, from, to }) => !joined || atoms.slice(from, to).some((atom) => !spelling.knows(atom) && atom.length > 1))
      .reduce<(typeof known)[number] | undefined>((best, one) => (best && best.to >= one.to ? best : one), undefined);
    const word = likely?.word ?? readings.find(({ joined }) => !joined)?.word ?? atoms[at] ?? '';
    words.push(/^\p{N}+$/u.test(word) ? NUMBER : word);
    at = Math.max(at + 1, likely?.to ?? at + 1);
  }
  return words;
}
