/**
 * Writes what the text voter learns from, one JSON line a sentence, already cut into words as the product reads them:
 * `node tools/text-voter/lines.ts CORPORA OUT.jsonl`. `CORPORA` holds a folder `OWNER+NAME` for each repository of corpora.ts.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SafetyCategory } from '#contracts/verdict';
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
  (['held-out', 'choosing', 'fresh', 'strangers', 'ordinary'] as const)
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
/** Written for this: scenes, orders, captions, questions, each `stop | category | text` or `allow | none | text`. They weigh most. */
const SENTENCES = join(import.meta.dirname, '../../models/text-voter/sentences');
const Verdict = z.enum(['stop', 'allow']);
const Category = z.union([SafetyCategory, z.literal('none')]);
const sentences = readdirSync(SENTENCES).flatMap((file) =>
  readFileSync(join(SENTENCES, file), 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => {
      const [verdict, category, ...text] = row.split(' | ');
      const harmful = Verdict.parse(verdict) === 'stop';
      return line(`own sentences, ${file}`, text.join(' | '), harmful, 3, harmful ? Category.parse(category) : undefined);
    }),
);
const made = (source: string, lines: readonly OwnLine[], harmful: boolean, weight: number): Line[] =>
  lines.map(({ text, category }) => line(source, text, harmful, weight, category));

const all = [
  ...sentences,
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
/** The most that one source says: lists put together from parts say the same thing many times, and an encoder hears it the first time. */
const MOST: Readonly<Record<string, number>> = {
  'own, harmless readings': 1_000,
  'own, the same words meant': 400,
  'own, harmful intents': 400,
  'own advertisements': 400,
  'VBench long prompts for videos': 800,
  HarmfulQA: 700,
  CLINC150: 800,
  Banking77: 500,
  'GPTeacher role play': 1_000,
  'GPTeacher code': 1_000,
  'HateCheck, hateful': 600,
  'HateCheck, not hateful': 700,
  'GenEval prompts for pictures': 200,
};
/** Evenly from the whole of it. */
const thinned = (source: string, lines: readonly Line[]): Line[] => {
  const most = Math.min(lines.length, MOST[source] ?? lines.length);
  return Array.from({ length: most }, (_, index) => lines[Math.floor((index * lines.length) / most)]).filter((one) => one !== undefined);
};
const wanted = all.filter(({ words }) => words.length > 0 && !counted.has(words.join(' ')) && !heldOut.has(words.join(' ')));
const once = [...new Map(wanted.map((one) => [one.words.join(' '), one])).values()];
const unique = [...Map.groupBy(once, ({ source }) => source)].flatMap(([source, lines]) => thinned(source, lines));
writeFileSync(out, unique.map((one) => `${JSON.stringify(one)}\n`).join(''));
console.log(
  `${unique.length} sentences, ${unique.filter(({ harmful }) => harmful).length} harmful, ${all.length - wanted.length} left out as counted elsewhere`,
);
