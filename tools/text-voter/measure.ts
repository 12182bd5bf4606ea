/**
 * What the rules and the learned voter stop of other people's corpora, a row each, as the guide prints them:
 * `node tools/text-voter/measure.ts CORPORA [seen]`. Without `seen` only the halves are read that nobody may look at; no sentence is printed.
 */
import { openTextModel } from '#adapters/inference/text/sentence-model';
import { briefPolicy } from '#domain/safety/brief/policy';
import { doRulesSpeak, isStopped } from '../../bench/safety-text.ts';
import { CORPORA } from './corpora.ts';
import { isUnseen } from './corpus.ts';

const [folder, half = 'unseen'] = process.argv.slice(2);
if (!folder || !['seen', 'unseen'].includes(half)) throw new Error('expected the folder of the corpora and perhaps `seen`, found less');

const policy = briefPolicy();
const model = openTextModel('.framewright/models');
const percent = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;

console.log(`| ${half} half of | lines | harmful | rules | rules and learned voter |\n|---|---|---|---|---|`);
for (const { name, learned, lines } of CORPORA) {
  if (learned === 'all') continue;
  const texts = new Map(
    lines(folder).flatMap((line) => (isUnseen(line.text) === (half === 'unseen') ? [[line.text, line.harmful] as const] : [])),
  );
  const judged: { byRules: boolean; byBoth: boolean }[] = [];
  for (const text of texts.keys()) {
    const channels = [{ name: 'text', text }];
    judged.push({ byRules: await doRulesSpeak(policy, model, channels), byBoth: await isStopped(policy, model, channels) });
  }
  const rules = judged.filter(({ byRules }) => byRules).length;
  const both = judged.filter(({ byBoth }) => byBoth).length;
  const star = learned === 'none' ? '*' : '';
  const kind = [...texts.values()].some(Boolean) ? 'yes' : 'no';
  console.log(`| ${name}${star} | ${judged.length} | ${kind} | ${percent(rules, judged.length)} | ${percent(both, judged.length)} |`);
}
