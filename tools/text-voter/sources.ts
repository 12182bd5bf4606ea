import { textOf } from './corpus.ts';
import { rowsOf } from './rows.ts';

/** Repositories that hold harmful and harmless sentences alike. */
export const HARMBENCH = 'busycalibrating/AdversariaLLM'; // holds HarmBench's own data folder with its licence
export const HATE_CHECK = 'paul-rottger/hatecheck-data';
export const XSTEST = 'paul-rottger/exaggerated-safety';
export const xsTestPrompts = (folder: string, half: 'safe' | 'unsafe'): string[] =>
  rowsOf(textOf(folder, XSTEST, 'xstest_prompts.csv')).flatMap(({ label, prompt }) => (label === half ? [prompt ?? ''] : []));
