/**
 * Writes what the text voter learns from, one JSON line a sentence, already cut into words as the product reads them:
 * `node tools/text-voter/lines.ts CORPORA OUT.jsonl`. `CORPORA` holds a folder `OWNER+NAME` for each repository of corpora.ts.
 */
import { writeFileSync } from 'node:fs';
import { likelyWords } from '#domain/safety/brief/learned/words';
import { briefPolicy } from '#domain/safety/brief/policy';
import { readingsOf } from '#domain/safety/brief/readings';
import { readCorpus } from '../../test/domain/safety/brief/corpus/read-corpus.ts';
import { harmfulIntents, harmlessReadings, intentsPrevented, meant } from './contrasts.ts';
import { CORPORA } from './corpora.ts';
import { isUnseen } from './corpus.ts';
import { advertisements, harmfulScenes, type OwnLine, soundsHarmful } from './own-lines.ts';

const [folder, out] = process.argv.slice(2);
if (!folder || !out) throw new Error('expected the folder of the corpora and the file to write, found less');

interface Line {
  readonly source: string;
  readonly words: readonly string[];
  readonly harmful: boolean;
  readonly category?: string | undefined;
  readonly weight: number;
}

const { spelling } = briefPolicy();
const wordsOf = (text: string): string[] => likelyWords(readingsOf(text, spelling), spelling);
const line = (source: string, text: string, harmful: boolean, weight: number, category?: string): Line => ({
  source,
  words: wordsOf(text),
  harmful,
  weight,
  category,
});

const foreign = CORPORA.filter(({ learned }) => learned !== 'none').flatMap(({ name, learned, weight, lines }) =>
  lines(folder)
    .filter(({ text }) => learned === 'all' || !isUnseen(text))
    .map(({ text, harmful, category }) => line(name, text, harmful, weight, category)),
);
/** A sentence that is only counted elsewhere is learned from nowhere, not even from a corpus that is learned from whole. */
const counted = new Set(
  CORPORA.filter(({ learned }) => learned !== 'all')
    .flatMap(({ learned, lines }) => lines(folder).filter(({ text }) => learned === 'none' || isUnseen(text)))
    .map(({ text }) => wordsOf(text).join(' ')),
);
const heldOut = new Set(
  (['held-out', 'contrasts'] as const)
    .flatMap(readCorpus)
    .map(({ channels }) => wordsOf(channels.map(({ text }) => text).join(' ')).join(' ')),
);

/** Names, brands and politics are found by lists, and harmless sentences name them too. */
const LISTED = new Set(['brand-ip', 'public-figure', 'political', 'third-party-watermark', 'any']);
/** Our own sentences speak the language of briefs, so they weigh double. */
const own = (['written', 'contrasts', 'retired', 'disguised'] as const)
  .flatMap(readCorpus)
  .filter(({ wanted, category }) => wanted === 'allow' || !LISTED.has(category))
  .map(({ wanted, category, channels }) =>
    line('own corpus', channels.map(({ text }) => text).join(' '), wanted !== 'allow', 2, wanted === 'allow' ? undefined : category),
  );
const made = (source: string, lines: readonly OwnLine[], harmful: boolean, weight: number): Line[] =>
  lines.map(({ text, category }) => line(source, text, harmful, weight, category));

const all = [
  ...foreign,
  ...own,
  ...made('own advertisements', advertisements(), false, 0.7),
  ...made('own, sounds harmful', soundsHarmful(), false, 2),
  ...made('own, harmful', harmfulScenes(), true, 0.7),
  ...made('own, harmless readings', harmlessReadings(), false, 0.4),
  ...made('own, the same words meant', meant(), true, 0.25),
  ...made('own, harmful intents', harmfulIntents(), true, 0.5),
  ...made('own, harm prevented', intentsPrevented(), false, 1),
];
const wanted = all.filter(({ words }) => words.length > 0 && !counted.has(words.join(' ')) && !heldOut.has(words.join(' ')));
const unique = [...new Map(wanted.map((one) => [`${one.harmful} ${one.words.join(' ')}`, one])).values()];
writeFileSync(out, unique.map((one) => `${JSON.stringify(one)}\n`).join(''));
console.log(
  `${unique.length} sentences, ${unique.filter(({ harmful }) => harmful).length} harmful, ${all.length - wanted.length} left out as counted elsewhere`,
);
