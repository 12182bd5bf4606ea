import * as z from 'zod';
import { type Corpus, harmless, Instructions, Intents, jsonLines, listOf, Strings, textOf } from './corpus.ts';
import { rowsOf } from './rows.ts';
import { HARMBENCH, HATE_CHECK, XSTEST, xsTestPrompts } from './sources.ts';

const vBench = 'Vchitect/VBench';

/** Of long lists that say the same thing many times. */
const everyThird = <Line>(lines: readonly Line[]): Line[] => lines.filter((_, index) => index % 3 === 0);

export const HARMLESS_CORPORA: readonly Corpus[] = [
  {
    name: 'XSTest, harmless half',
    repository: XSTEST,
    licence: 'CC-BY-4.0',
    learned: 'none',
    weight: 0,
    lines: (folder) => xsTestPrompts(folder, 'safe').map((prompt) => harmless(prompt)),
  },
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
    name: 'VBench prompts for videos',
    repository: vBench,
    licence: 'Apache-2.0',
    learned: 'half',
    weight: 1,
    lines: (folder) =>
      ['prompts/all_category.txt', 'prompts/all_dimension.txt'].flatMap((path) => listOf(folder, vBench, path).map(harmless)),
  },
  {
    name: 'HateCheck, not hateful',
    repository: HATE_CHECK,
    licence: 'CC-BY-4.0',
    learned: 'all',
    weight: 0.3,
    lines: (folder) =>
      rowsOf(textOf(folder, HATE_CHECK, 'test_suite_cases.csv'))
        .filter(({ label_gold }) => label_gold === 'non-hateful')
        .map(({ test_case }) => harmless(test_case ?? '')),
  },
  {
    name: 'CLINC150',
    repository: 'clinc/oos-eval',
    licence: 'CC-BY-3.0',
    learned: 'all',
    weight: 0.6,
    lines: (folder) => {
      const sets = Intents.parse(JSON.parse(textOf(folder, 'clinc/oos-eval', 'data/data_small.json')));
      return everyThird(Object.values(sets).flatMap((pairs) => pairs.map(([text]) => harmless(text))));
    },
  },
  {
    name: 'Banking77',
    repository: 'PolyAI-LDN/task-specific-datasets',
    licence: 'CC-BY-4.0',
    learned: 'all',
    weight: 0.4,
    lines: (folder) =>
      everyThird(rowsOf(textOf(folder, 'PolyAI-LDN/task-specific-datasets', 'banking_data/train.csv'))).map((row) =>
        harmless(row['text'] ?? ''),
      ),
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
