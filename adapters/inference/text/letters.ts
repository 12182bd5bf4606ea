/** The network's letters by number: nothing, one a line of the file, a space. */
export const lettersOf = (file: string): string[] => ['', ...file.split(/\r?\n/).filter((letter) => letter !== ''), ' '];

/**
 * Reads a strip of letter probabilities (CTC): the likeliest at each step, repeats and nothings dropped. `confidence` is the mean
 * probability of the letters that are left, 0 when there are none.
 */
export function textOf(strip: Float32Array, letters: readonly string[]): { text: string; confidence: number } {
  const count = letters.length;
  if (strip.length === 0 || strip.length % count !== 0)
    throw new RangeError(`expected probabilities of ${count} letters at every step, found ${strip.length} values`);
  let text = '';
  let [sum, read, before] = [0, 0, 0];
  for (let step = 0; step < strip.length; step += count) {
    let best = 0;
    for (let letter = 1; letter < count; letter++) if (strip[step + letter]! > strip[step + best]!) best = letter;
    if (best !== 0 && best !== before) {
      text += letters[best] ?? '';
      sum += strip[step + best]!;
      read++;
    }
    before = best;
  }
  return { text: text.trim(), confidence: read === 0 ? 0 : Math.min(1, sum / read) };
}
