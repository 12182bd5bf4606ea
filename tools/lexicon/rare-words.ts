/**
 * Writes the rare words that the spelling of the rules would take for others: `node tools/lexicon/rare-words.ts DICTIONARY...`. A dictionary
 * holds a word a line, as Debian's `wamerican` and `wbritish` install it. The 50,000 most frequent words do not hold "lunching",
 * "psychotherapists" or "horseshoes", so these were read as a slip of "lynching", and as "the rapists" and "hoes" glued to something.
 * Forms of the very word that they would be taken for stay suspected: "enslaves" is "enslaved".
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { frequentWords, lexicon } from '#domain/safety/brief/lexicon';
import { loadPolicy } from '#domain/safety/brief/policy';
import { isForm, isTornApart } from './forms.ts';

const paths = process.argv.slice(2);
if (paths.length === 0) throw new Error('expected the paths of dictionaries, a word a line, found none');
const OUT = new URL('../../domain/safety/brief/lexicon/rare-words.json', import.meta.url);

const { spelling } = loadPolicy(lexicon, frequentWords);
/** Longer and shorter words are never suspected (domain/safety/brief/spelling.ts). */
const words = new Set(paths.flatMap((path) => readFileSync(path, 'utf8').split('\n')).filter((word) => /^[a-z]{4,16}$/.test(word)));
const rare = [...words].filter((word) => {
  const likely = spelling.likely(word);
  const parts = spelling.parts(word);
  if (likely.length > 0) return !likely.some((other) => isForm(word, other));
  return parts.length > 0 && isTornApart(word, parts);
});
const source =
  'Words of SCOWL (Copyright 2000-2011 by Kevin Atkinson; free to use, tools/lexicon/SCOWL-LICENSE.txt), chosen by tools/lexicon/rare-words.ts.';
writeFileSync(OUT, `${JSON.stringify({ source, words: rare.sort().join(' ') }, null, 2)}\n`);
console.log(`${rare.length} words that are no other`);
