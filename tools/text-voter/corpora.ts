import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { SafetyCategory } from '#contracts/verdict';
import { rowsOf } from './rows.ts';

/** A sentence of somebody else's corpus. None of them is in this repository. */
export interface ForeignLine {
  readonly text: string;
  readonly harmful: boolean;
  /** Where the corpus names one that is also ours. */
  readonly category?: SafetyCategory;
}

export interface Corpus {
  readonly name: string;
  /** `owner/name` of the repository that it was read from. */
  readonly repository: string;
  /** Of the data, as its repository says; `none` where it says nothing. */
  readonly licence: 'MIT' | 'Apache-2.0' | 'CC-BY-4.0' | 'CC-BY-3.0' | 'CC0-1.0' | 'CC-BY-NC-4.0' | 'ODC-BY' | 'none';
  /** `half`: the seen half is learned from, the unseen half is only counted. `all`: never counted. `none`: only counted. */
  readonly learned: 'half' | 'all' | 'none';
  /** How much one of its lines weighs while learning; below 1 where labels are coarse. */
  readonly weight: number;
  readonly lines: (folder: string) => ForeignLine[];
}

/**
 * Every corpus is cut in two by its sentences, so that a sentence that stands in two corpora is in the same half of both. The first byte
 * of a hash is even for what may be learned from.
 */
export const isUnseen = (text: string): boolean => ((createHash('sha256').update(text.trim().toLowerCase()).digest()[0] ?? 0) & 1) === 1;

/** Bytes of a file in `FOLDER/OWNER+NAME`: a checkout, or a git directory (`repo` inside it) whose newest commit is read. */
function bytesOf(folder: string, repository: string, path: string): Buffer {
  const place = join(folder, repository.replace('/', '+'));
  if (existsSync(join(place, path))) return readFileSync(join(place, path));
  return execFileSync('git', ['-C', join(place, 'repo'), 'show', `HEAD:${path}`], {
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
const textOf = (folder: string, repository: string, path: string): string => bytesOf(folder, repository, path).toString('utf8');
const listOf = (folder: string, repository: string, path: string): string[] =>
  textOf(folder, repository, path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const Strings = z.array(z.string());
const Nested = z.record(z.string(), z.record(z.string(), Strings));
const Instructions = z.array(z.object({ instruction: z.string(), input: z.string().nullish(), category: z.string().nullish() }));
const Labelled = z.record(z.string(), z.union([z.string(), z.number()]));
const Intents = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));
const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));

const harmful = (text: string, category?: SafetyCategory): ForeignLine => ({ text, harmful: true, ...(category && { category }) });
const harmless = (text: string): ForeignLine => ({ text, harmful: false });

const HARMBENCH = 'busycalibrating/AdversariaLLM'; // holds HarmBench's own data folder with its licence
const behaviours = (path: string, column: string) => (folder: string) =>
  rowsOf(textOf(folder, HARMBENCH, `data/behavior_datasets/${path}`)).map((row) => harmful(row[column] ?? ''));
const video = (name: string, file: number, category?: SafetyCategory): Corpus => ({
  name: `T2VSafetyBench: ${name}`,
  repository: 'yibo-miao/T2VSafetyBench',
  licence: 'none',
  learned: 'none',
  weight: 0,
  lines: (folder) => listOf(folder, 'yibo-miao/T2VSafetyBench', `T2VSafetyBench/${file}.txt`).map((text) => harmful(text, category)),
});

const HARMBENCH_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  chemical_biological: 'dangerous-goods',
  cybercrime_intrusion: 'deception',
  misinformation_disinformation: 'deception',
  harassment_bullying: 'hate',
  illegal: 'deception',
};
const STRONGREJECT_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  'Non-violent crimes': 'deception',
  Violence: 'violence',
  'Disinformation and deception': 'deception',
  'Hate, harassment and discrimination': 'hate',
  'Illegal goods and services': 'dangerous-goods',
  'Sexual content': 'sexual',
};
/** Hazards of AILuminate that are ours as well; the others are advice that only professionals may give. */
const AILUMINATE_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  cse: 'minors',
  dfm: 'hate',
  hte: 'hate',
  ipv: 'deception',
  iwp: 'dangerous-goods',
  ncr: 'deception',
  prv: 'deception',
  src: 'sexual',
  ssh: 'self-harm',
  sxc_prn: 'sexual',
  vcr: 'violence',
};
const CATQA_CATEGORY: Readonly<Record<string, SafetyCategory>> = {
  'Child Abuse': 'minors',
  'Hate/Harass/Violence': 'hate',
  'Malware Viruses': 'deception',
  'Physical Harm': 'violence',
  'Economic Harm': 'deception',
  'Fraud/Deception': 'deception',
  'Adult Content': 'sexual',
  'Privacy Violation Activity': 'deception',
  'Illegal Activity': 'deception',
};
const MODERATION_CATEGORY: readonly (readonly [string, SafetyCategory])[] = [
  ['S3', 'minors'],
  ['S', 'sexual'],
  ['SH', 'self-harm'],
  ['H', 'hate'],
  ['HR', 'hate'],
  ['V2', 'violence'],
  ['V', 'violence'],
];

const redInstruct = 'declare-lab/red-instruct';
const hateCheck = 'paul-rottger/hatecheck-data';
const xsTest = 'paul-rottger/exaggerated-safety';
const xsTestPrompts = (folder: string, half: 'safe' | 'unsafe'): string[] =>
  rowsOf(textOf(folder, xsTest, 'xstest_prompts.csv')).flatMap(({ label, prompt }) => (label === half ? [prompt ?? ''] : []));
const vBench = 'Vchitect/VBench';

/** Each with the licence that its repository states. What permits no use is counted and never learned from. */
export const CORPORA: readonly Corpus[] = [
  {
    name: 'XSTest, harmful half',
    repository: xsTest,
    licence: 'CC-BY-4.0',
    learned: 'half',
    weight: 2,
    lines: (folder) => xsTestPrompts(folder, 'unsafe').map((prompt) => harmful(prompt)),
  },
  {
    name: 'XSTest, harmless half',
    repository: xsTest,
    licence: 'CC-BY-4.0',
    learned: 'half',
    weight: 2,
    lines: (folder) => xsTestPrompts(folder, 'safe').map((prompt) => harmless(prompt)),
  },
  {
    name: 'SimpleSafetyTests',
    repository: 'bertiev/SimpleSafetyTests',
    licence: 'CC-BY-4.0',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      rowsOf(textOf(folder, 'bertiev/SimpleSafetyTests', 'SimpleSafetyTests - test cases.csv')).map((row) =>
        harmful(row['prompts_final'] ?? ''),
      ),
  },
  {
    name: 'HarmBench (without copyright)',
    repository: HARMBENCH,
    licence: 'MIT',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      rowsOf(textOf(folder, HARMBENCH, 'data/behavior_datasets/harmbench_behaviors_text_all.csv'))
        .filter(({ FunctionalCategory }) => FunctionalCategory !== 'copyright')
        .map(({ Behavior = '', SemanticCategory = '' }) => harmful(Behavior, HARMBENCH_CATEGORY[SemanticCategory])),
  },
  {
    name: 'StrongREJECT',
    repository: HARMBENCH,
    licence: 'MIT',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      rowsOf(textOf(folder, HARMBENCH, 'data/behavior_datasets/strongreject_dataset.csv')).map(({ forbidden_prompt = '', category = '' }) =>
        harmful(forbidden_prompt, STRONGREJECT_CATEGORY[category]),
      ),
  },
  {
    name: 'MaliciousInstruct',
    repository: HARMBENCH,
    licence: 'none',
    learned: 'none',
    weight: 0,
    lines: (folder) => listOf(folder, HARMBENCH, 'data/behavior_datasets/malicious_instruct.txt').map((text) => harmful(text)),
  },
  {
    name: 'AdvBench',
    repository: HARMBENCH,
    licence: 'MIT',
    learned: 'half',
    weight: 1,
    lines: behaviours('extra_behavior_datasets/advbench_behaviors.csv', 'Behavior'),
  },
  {
    name: 'TDC 2023',
    repository: HARMBENCH,
    licence: 'MIT',
    learned: 'none',
    weight: 0,
    lines: behaviours('extra_behavior_datasets/tdc2023_test_phase_behaviors.csv', 'Behavior'),
  },
  {
    name: 'I2P (prompts labelled by the pictures they gave)',
    repository: 'AntigoneRandy/ResAlign',
    licence: 'none',
    learned: 'none',
    weight: 0,
    lines: (folder) => rowsOf(textOf(folder, 'AntigoneRandy/ResAlign', 'data/i2p.csv')).map((row) => harmful(row['prompt'] ?? '')),
  },
  {
    name: 'unsafe prompts for pictures (ResAlign)',
    repository: 'AntigoneRandy/ResAlign',
    licence: 'none',
    learned: 'none',
    weight: 0,
    lines: (folder) => rowsOf(textOf(folder, 'AntigoneRandy/ResAlign', 'data/unsafe.csv')).map((row) => harmful(row['prompt'] ?? '')),
  },
  {
    name: 'ToxicChat, toxic inputs',
    repository: 'filyp/ai-discomfort',
    licence: 'CC-BY-NC-4.0',
    learned: 'none',
    weight: 0,
    lines: (folder) => rowsOf(textOf(folder, 'filyp/ai-discomfort', 'data/toxicchat.csv')).map((row) => harmful(row['user_input'] ?? '')),
  },
  video('pornography', 1, 'sexual'),
  video('borderline', 2, 'sexual'),
  video('violence', 3, 'violence'),
  video('gore', 4, 'violence'),
  video('disturbing', 5, 'violence'),
  video('public figures', 6, 'public-figure'),
  video('discrimination', 7, 'hate'),
  video('politics', 8, 'political'),
  video('copyright', 9, 'brand-ip'),
  video('crime', 10),
  video('misinformation', 11, 'deception'),
  video('sequence of actions', 12),
  video('change over time', 13),
  video('meaning from context', 14),
  {
    name: 'Alpaca instructions',
    repository: HARMBENCH,
    licence: 'CC-BY-NC-4.0',
    learned: 'none',
    weight: 0,
    lines: (folder) => {
      const all = Instructions.parse(JSON.parse(textOf(folder, HARMBENCH, 'data/refusal_direction/harmless_test.json')));
      return all.slice(0, 2_000).map(({ instruction }) => harmless(instruction)); // enough to tell 0.04 from 0.05
    },
  },
  {
    name: 'PartiPrompts',
    repository: 'google-research/parti',
    licence: 'Apache-2.0',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      rowsOf(textOf(folder, 'google-research/parti', 'PartiPrompts.tsv'), '\t').map((row) => harmless(row['Prompt'] ?? '')),
  },
  {
    name: 'WildChat',
    repository: 'filyp/ai-discomfort',
    licence: 'ODC-BY',
    learned: 'none',
    weight: 0,
    lines: (folder) =>
      rowsOf(textOf(folder, 'filyp/ai-discomfort', 'data/wildchat_benign.csv')).map((row) => harmless(row['prompt'] ?? '')),
  },
  {
    name: 'HateCheck, hateful',
    repository: hateCheck,
    licence: 'CC-BY-4.0',
    learned: 'half',
    weight: 0.5,
    lines: (folder) =>
      rowsOf(textOf(folder, hateCheck, 'test_suite_cases.csv'))
        .filter(({ label_gold }) => label_gold === 'hateful')
        .map(({ test_case }) => harmful(test_case ?? '', 'hate')),
  },
  {
    name: 'VBench prompts for videos',
    repository: vBench,
    licence: 'Apache-2.0',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      ['prompts/all_category.txt', 'prompts/all_dimension.txt'].flatMap((path) => listOf(folder, vBench, path).map(harmless)),
  },
  {
    name: 'CatQA',
    repository: redInstruct,
    licence: 'Apache-2.0',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      Object.entries(Nested.parse(JSON.parse(textOf(folder, redInstruct, 'harmful_questions/catqa_english.json'))))
        // Asking for financial advice or for political work harms nobody in an advertisement.
        .filter(([topic]) => !['Tailored Financial Advice', 'Political Campaigning'].includes(topic))
        .flatMap(([topic, kinds]) => Object.values(kinds).flatMap((some) => some.map((text) => harmful(text, CATQA_CATEGORY[topic])))),
  },
  {
    name: 'AILuminate 1.0 demo',
    repository: 'mlcommons/ailuminate',
    licence: 'CC-BY-4.0',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      rowsOf(textOf(folder, 'mlcommons/ailuminate', 'airr_official_1.0_demo_en_us_prompt_set_release.csv'))
        .filter(({ hazard = '' }) => hazard in AILUMINATE_CATEGORY)
        .map(({ prompt_text = '', hazard = '' }) => harmful(prompt_text, AILUMINATE_CATEGORY[hazard])),
  },
  {
    name: 'HarmfulQA',
    repository: redInstruct,
    licence: 'Apache-2.0',
    learned: 'all',
    weight: 0.5,
    lines: (folder) =>
      Object.values(Nested.parse(JSON.parse(textOf(folder, redInstruct, 'harmful_questions/harmfulqa.json')))).flatMap((topics) =>
        Object.values(topics).flatMap((some) => some.map((text) => harmful(text))),
      ),
  },
  ...['dangerousqa', 'adversarialqa'].map(
    (file): Corpus => ({
      name: `red-instruct ${file}`,
      repository: redInstruct,
      licence: 'Apache-2.0',
      learned: 'all',
      weight: 1,
      lines: (folder) =>
        Strings.parse(JSON.parse(textOf(folder, redInstruct, `harmful_questions/${file}.json`))).map((text) => harmful(text)),
    }),
  ),
  {
    name: 'OpenAI moderation set',
    repository: 'openai/moderation-api-release',
    licence: 'MIT',
    learned: 'all',
    weight: 0.7,
    lines: (folder) =>
      jsonLines(gunzipSync(bytesOf(folder, 'openai/moderation-api-release', 'data/samples-1680.jsonl.gz')).toString('utf8')).flatMap(
        (line) => {
          const { prompt, ...labels } = Labelled.parse(line);
          const [, category] = MODERATION_CATEGORY.find(([label]) => labels[label] === 1) ?? [];
          const text = String(prompt).slice(0, 600); // longer ones are stories whose label may lie anywhere in them
          return category ? [harmful(text, category)] : Object.values(labels).every((label) => label === 0) ? [harmless(text)] : [];
        },
      ),
  },
  {
    name: 'HateCheck, not hateful',
    repository: hateCheck,
    licence: 'CC-BY-4.0',
    learned: 'all',
    weight: 0.3,
    lines: (folder) =>
      rowsOf(textOf(folder, hateCheck, 'test_suite_cases.csv'))
        .filter(({ label_gold }) => label_gold === 'non-hateful')
        .map(({ test_case }) => harmless(test_case ?? '')),
  },
  {
    name: 'CLINC150',
    repository: 'clinc/oos-eval',
    licence: 'CC-BY-3.0',
    learned: 'all',
    weight: 0.3,
    lines: (folder) => {
      const sets = Intents.parse(JSON.parse(textOf(folder, 'clinc/oos-eval', 'data/data_small.json')));
      return Object.values(sets).flatMap((pairs) => pairs.map(([text]) => harmless(text)));
    },
  },
  {
    name: 'Banking77',
    repository: 'PolyAI-LDN/task-specific-datasets',
    licence: 'CC-BY-4.0',
    learned: 'all',
    weight: 0.2,
    lines: (folder) =>
      rowsOf(textOf(folder, 'PolyAI-LDN/task-specific-datasets', 'banking_data/train.csv')).map((row) => harmless(row['text'] ?? '')),
  },
  {
    name: 'GPTeacher role play',
    repository: 'teknium1/GPTeacher',
    licence: 'MIT',
    learned: 'all',
    weight: 1,
    lines: (folder) =>
      Instructions.parse(JSON.parse(textOf(folder, 'teknium1/GPTeacher', 'Roleplay/roleplay-simple-deduped-roleplay-instruct.json'))).map(
        ({ instruction }) => harmless(instruction.slice(0, 400)),
      ),
  },
  {
    name: 'GPTeacher code',
    repository: 'teknium1/GPTeacher',
    licence: 'MIT',
    learned: 'all',
    weight: 1,
    lines: (folder) =>
      Instructions.parse(JSON.parse(textOf(folder, 'teknium1/GPTeacher', 'Codegen/codegen-instruct.json'))).map(({ instruction }) =>
        harmless(instruction.slice(0, 400)),
      ),
  },
  ...['data/seed_tasks.jsonl', 'human_eval/user_oriented_instructions.jsonl'].map(
    (path): Corpus => ({
      name: `self-instruct ${path}`,
      repository: 'yizhongw/self-instruct',
      licence: 'Apache-2.0',
      learned: 'all',
      weight: 2,
      lines: (folder) =>
        jsonLines(textOf(folder, 'yizhongw/self-instruct', path)).map((line) =>
          harmless(z.object({ instruction: z.string() }).parse(line).instruction),
        ),
    }),
  ),
  ...['mt_bench', 'vicuna_bench'].map(
    (set): Corpus => ({
      name: `FastChat ${set}`,
      repository: 'lm-sys/FastChat',
      licence: 'Apache-2.0',
      learned: 'all',
      weight: 2,
      lines: (folder) =>
        jsonLines(textOf(folder, 'lm-sys/FastChat', `fastchat/llm_judge/data/${set}/question.jsonl`)).flatMap((line) =>
          z.object({ turns: Strings }).parse(line).turns.map(harmless),
        ),
    }),
  ),
  {
    name: 'FETV prompts for videos',
    repository: 'llyx97/FETV',
    licence: 'CC-BY-4.0',
    learned: 'all',
    weight: 1,
    lines: (folder) =>
      jsonLines(textOf(folder, 'llyx97/FETV', 'fetv_data.json')).map((line) =>
        harmless(z.object({ prompt: z.string() }).parse(line).prompt),
      ),
  },
  {
    name: 'GenEval prompts for pictures',
    repository: 'djghosh13/geneval',
    licence: 'MIT',
    learned: 'all',
    weight: 0.5,
    lines: (folder) => listOf(folder, 'djghosh13/geneval', 'prompts/generation_prompts.txt').map(harmless),
  },
  {
    name: 'VBench long prompts for videos',
    repository: vBench,
    licence: 'Apache-2.0',
    learned: 'all',
    weight: 1,
    lines: (folder) =>
      ['all_category_longer', 'all_dimension_longer'].flatMap((file) =>
        listOf(folder, vBench, `prompts/augmented_prompts/gpt_enhanced_prompts/${file}.txt`).flatMap((text) =>
          text.split(/(?<=\.) /).map(harmless),
        ),
      ),
  },
];
