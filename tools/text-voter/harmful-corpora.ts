import { gunzipSync } from 'node:zlib';
import { AILUMINATE_CATEGORY, CATQA_CATEGORY, HARMBENCH_CATEGORY, MODERATION_CATEGORY, STRONGREJECT_CATEGORY } from './categories.ts';
import { bytesOf, type Corpus, harmful, harmless, jsonLines, Labelled, listOf, Nested, Strings, textOf } from './corpus.ts';
import { rowsOf } from './rows.ts';
import { HARMBENCH, HATE_CHECK, XSTEST, xsTestPrompts } from './sources.ts';

const behaviours = (path: string, column: string) => (folder: string) =>
  rowsOf(textOf(folder, HARMBENCH, `data/behavior_datasets/${path}`)).map((row) => harmful(row[column] ?? ''));
const redInstruct = 'declare-lab/red-instruct';

export const HARMFUL_CORPORA: readonly Corpus[] = [
  {
    name: 'XSTest, harmful half',
    repository: XSTEST,
    licence: 'CC-BY-4.0',
    learned: 'none',
    weight: 0,
    lines: (folder) => xsTestPrompts(folder, 'unsafe').map((prompt) => harmful(prompt)),
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
    licence: 'none', // its own repository could not be read; copies elsewhere say MIT
    learned: 'none',
    weight: 0,
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
  {
    name: 'HateCheck, hateful',
    repository: HATE_CHECK,
    licence: 'CC-BY-4.0',
    learned: 'half',
    weight: 0.5,
    lines: (folder) =>
      rowsOf(textOf(folder, HATE_CHECK, 'test_suite_cases.csv'))
        .filter(({ label_gold }) => label_gold === 'hateful')
        .map(({ test_case }) => harmful(test_case ?? '', 'hate')),
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
];
