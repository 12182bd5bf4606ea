import { beforeAll, expect, it } from 'vitest';
import { MAX_ROUNDS } from '#contracts/rework';
import { type Machine, machines, type State } from '../lib/machines.ts';
import { run } from './machines.ts';

/**
 * The pipeline's own machine with every task replaced by a state that does at once what the task would come to: a render adds what it was
 * started as, a question takes the next answer of the script. Choices and ways are the product's.
 */
let river: Record<string, object>;
let startAt: string;

const merged = (key: string, value: string) => `{% $merge([$states.input, { "${key}": ${value} }]) %}`;
const append = '$append($states.input.renders, [';
const answer = (subject: string) =>
  `{% $merge([$states.input, { "${subject}Decision": $states.input.${subject}Answers[0], "${subject}Answers": $count($states.input.${subject}Answers) > 1 ? $append([], $filter($states.input.${subject}Answers, function($v, $i) { $i > 0 })) : [] }]) %}`;

function standIn(name: string, { Next, End, Arguments }: State): object {
  const way = Next ? { Next } : { End };
  const tier = /^Render the (.*)$/.exec(name)?.[1];
  if (tier) {
    const inside = (expression: string) => expression.replace(/^\{%|%\}$/g, '');
    const render = `{ "name": ${inside(Arguments.Name)}, "input": ${inside(Arguments.Input)} }`;
    const verdict = `{ "tier": "${tier}", "clipVerdict": { "verdict": "review" } }`;
    return {
      Type: 'Pass',
      Output: `{% $merge([$states.input, { "${tier}": ${verdict}, "renders": ${append}${render}]) }]) %}`,
      ...way,
    };
  }
  const subject = /^Ask about the (.*)$/.exec(name)?.[1];
  if (subject) return { Type: 'Pass', Output: answer(subject), ...way };
  if (name === 'Screen the brief') return { Type: 'Pass', Output: merged('briefVerdict', '{ "verdict": "allow" }'), ...way };
  return { Type: 'Pass', ...way };
}

beforeAll(() => {
  const { States, StartAt }: Machine = machines()['framewright-pipeline']!;
  startAt = StartAt;
  river = Object.fromEntries(
    Object.entries(States).map(([name, state]) => [name, state.Type === 'Task' ? standIn(name, state) : { ...state }]),
  );
  // what was seen on the way is what the scenarios are about
  river.Published = { Type: 'Pass', Output: '{% $merge([$states.input, { "status": "published" }]) %}', End: true };
});

const job = { jobId: 'acme_0123456789abcdef01234567' };
const approved = { outcome: 'approved' };
const back = (take: number, round?: number) => ({
  outcome: 'rework',
  reason: 'again',
  ...(round && { round }),
  rework: { take, shots: [{ shot: 0, take }] },
});
const flow = (previewAnswers: object[], finalAnswers: object[]) =>
  run(river, { job, prep: {}, renders: [], previewAnswers, finalAnswers }, { StartAt: startAt });
const names = (output: { renders: { name: string }[] }): string[] => output.renders.map(({ name }) => name.slice(job.jobId.length + 1));

it('goes straight through when nothing is sent back, and says nothing of takes', async () => {
  const { status, output } = await flow([approved], [approved]);
  expect({ status, renders: output.renders }).toEqual({
    status: 'SUCCEEDED',
    renders: [
      { name: `${job.jobId}-preview`, input: { job, prep: {}, briefVerdict: { verdict: 'allow' }, tier: 'preview' } },
      { name: `${job.jobId}-final`, input: { job, prep: {}, briefVerdict: { verdict: 'allow' }, tier: 'final' } },
    ],
  });
  expect(output).not.toHaveProperty('rework');
});

it('renders each take under a name of its own, the final in the take that was approved, and goes on from there', async () => {
  const { output } = await flow([back(2), back(3, 2), { ...approved, round: 3 }], [back(4), { ...approved, round: 2 }]);
  expect(output.status).toBe('published');
  expect(names(output)).toEqual(['preview', 'preview-2', 'preview-3', 'final-3', 'final-4']);
  expect(output.renders.map(({ input }: { input: { rework?: object } }) => input.rework)).toEqual([
    undefined,
    back(2).rework,
    back(3).rework,
    back(3).rework,
    back(4).rework,
  ]);
  expect(output).toMatchObject({ previewDecision: { outcome: 'approved', round: 3 }, finalDecision: { outcome: 'approved', round: 2 } });
});

it('forgets the render and the answer that it goes back behind, and nothing else', async () => {
  const seen = { ...river, 'Render the final': { Type: 'Pass', End: true } };
  const { output } = await run(
    seen,
    { job, prep: { kept: 1 }, renders: [], previewAnswers: [approved], final: {}, finalDecision: back(2) },
    {
      StartAt: 'Send the final back',
    },
  );
  expect(Object.keys(output).sort()).toEqual(['job', 'prep', 'previewAnswers', 'renders', 'rework']);
});

it('ends cleanly when there is no further round, or when an answer asks for a take that was there', async () => {
  const rounds = Array.from({ length: MAX_ROUNDS }, (_, index) => back(index + 2, index + 1));
  const ends = { status: 'SUCCEEDED', output: { status: 'rejected', reason: expect.stringContaining('no further round') } };
  expect(await flow(rounds, [])).toMatchObject(ends);
  expect(await flow([back(2), back(2, 2)], [])).toMatchObject(ends);
  expect(await flow([{ outcome: 'rework', reason: 'no shots' }], [])).toMatchObject(ends);
  expect(await flow([approved], [back(2, MAX_ROUNDS)])).toMatchObject(ends);
});

it('refuses as before', async () => {
  const { output } = await flow([{ outcome: 'rejected', reason: 'wrong bottle' }], []);
  expect(output).toMatchObject({ status: 'rejected', reason: 'wrong bottle' });
});
