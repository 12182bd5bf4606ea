import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { JobId } from '#contracts/identity';
import { MAX_ROUNDS, MAX_TAKES } from '#contracts/rework';
import { readComponents } from '#lib/components';
import { machines, waysThrough } from './machines.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const { 'framewright-pipeline': pipeline, 'framewright-render': render } = machines();
const ways = waysThrough(pipeline!).map((way) => way.join(' > '));

it('runs a render as plan, generate, post, safety, whether it has one shot or many', () => {
  const tail = ['Collect the windows', 'Finish the clip', 'Collect the clip', 'Screen the clip', '(Screen the clip)'];
  expect(waysThrough(render!).toSorted()).toEqual([
    ['Plan the shots', 'Generate the only shot', ...tail],
    ['Plan the shots', 'Generate the shots', ...tail],
  ]);
});

it('takes a brief that everybody likes through preview, question and final to the published clip', () => {
  expect(ways).toContain(
    'Prepare the assets > Screen the brief > Render the preview > Ask about the preview > Render the final > Sign and deliver > (Published)',
  );
});

it('asks a person about a doubtful brief before a second of rendering is paid for', () => {
  const asked = ways.filter((way) => way.includes('Ask about the brief'));
  expect(asked.length).toBeGreaterThan(0);
  for (const way of asked) expect(way.split('Ask about the brief')[0]).not.toContain('Render');
});

it('never renders the final before the preview was asked about, and never publishes without a final', () => {
  for (const way of ways.filter((one) => one.includes('Render the final')))
    expect(way.indexOf('Ask about the preview')).toBeLessThan(way.indexOf('Render the final'));
  for (const way of ways.filter((one) => one.includes('Sign and deliver'))) expect(way).toContain('Render the final');
});

it('ends every way published or concluded, and tells the ledger about each conclusion', () => {
  for (const way of ways) expect(way).toMatch(/Sign and deliver > \(Published\)$|Conclude the job > \(Concluded\)$/);
});

it('looks at the clip before anybody is asked about it', () => {
  const verdict = pipeline!.States['Render the preview'].Next;
  expect(verdict).toBe('What does the policy say of the preview?');
  expect(pipeline!.States[verdict].Default).toBe('Ask about the preview');
});

describe('what a reviewer sends back', () => {
  const { States } = pipeline!;
  const tiers = ['preview', 'final'] as const;

  it.each(tiers)('as a %s is rendered, looked at and asked about again, while there is a round left', (tier) => {
    const [, goesBack, noMore] = States[tier === 'preview' ? 'Is the preview approved?' : 'Did a person approve the final?'].Choices.slice(
      tier === 'preview' ? 1 : 0,
    );
    expect(goesBack).toMatchObject({ Next: `Send the ${tier} back` });
    expect(goesBack.Condition).toContain(`$max([1, $states.input.${tier}Decision.round]) < ${MAX_ROUNDS}`);
    expect(States[`Send the ${tier} back`].Next).toBe(`Render the ${tier}`);
    expect(noMore).toEqual({ Condition: `{% $states.input.${tier}Decision.outcome = 'rework' %}`, Next: 'Sent back too often' });
    expect(ways.some((way) => way.endsWith('Conclude the job > (Concluded)'))).toBe(true);
  });

  it('never loses the approved preview when the final goes back', () => {
    expect(States['Send the final back'].Output).toContain('["final", "finalDecision"]');
    expect(States['Send the preview back'].Output).toContain('["preview", "previewDecision"]');
  });

  it('is a render of another name, as long as the longest job', () => {
    const { Name } = States['Render the preview'].Arguments;
    expect(Name).toBe(
      '{% $states.input.job.jobId & "-preview" & ($max([1, $states.input.rework.take]) > 1 ? "-" & $max([1, $states.input.rework.take]) : "") %}',
    );
    const longest = `${'t'.repeat(32)}_${'0'.repeat(24)}`;
    expect(JobId.parse(longest)).toBe(longest);
    expect(`${longest}-preview-${MAX_TAKES}`.length).toBeLessThanOrEqual(80);
  });

  it('is told to the render, and to the ledger with every conclusion', () => {
    for (const tier of tiers) expect(States[`Render the ${tier}`].Arguments.Input).toContain('"rework": $states.input.rework');
    const said = Object.values(States).filter(({ Output }) => String(Output).includes('"outcome"'));
    expect(said.length).toBeGreaterThan(5);
    for (const { Output } of said) expect(Output).toContain('"take": $max([1, $states.input.rework.take])');
  });
});

describe('a reference with sound', () => {
  const listens = ways.filter((way) => way.includes('Write down what is said'));

  it('is written down before the brief is screened, and a reference without costs no job', () => {
    expect(listens.length).toBeGreaterThan(0);
    for (const way of listens)
      expect(way).toMatch(/^Prepare the assets > Write down what is said > Collect the transcript > Screen the brief > /);
    expect(ways.filter((way) => !listens.includes(way))).toEqual(listens.map((way) => way.replace(/Write down .* transcript > /, '')));
    expect(pipeline!.States['Is there a sound to listen to?']).toMatchObject({
      Choices: [{ Condition: '{% $exists($states.input.prep.sound) %}', Next: 'Write down what is said' }],
      Default: 'Screen the brief',
    });
  });

  it('is screened all the same when nobody could write it down: no job fails of it and none passes unread', () => {
    const { Catch } = pipeline!.States['Write down what is said'];
    expect(Catch[0]).toMatchObject({ ErrorEquals: ['States.TaskFailed', 'States.Timeout'], Next: 'Collect the transcript' });
    expect(Catch[0].Output).toContain('"problem"');
  });

  it('is a Batch job of the deployed component, told which sound, and of no render', () => {
    const { Arguments } = pipeline!.States['Write down what is said'];
    const component = readComponents(root).find(({ role }) => role === 'transcribe')!;
    expect(Arguments.Parameters).toMatchObject({
      visit: '{% "prep" %}',
      component: `{% ({"id":"transcribe","version":"${component.version}","priceClass":"cpu-spot"}).id %}`,
    });
    expect(Arguments.ContainerOverrides.Environment.map(({ Name }: { Name: string }) => Name)).toEqual(['FRAMEWRIGHT_TRANSCRIBE']);
    expect(JSON.stringify(Arguments)).not.toContain('states.input.tier');
  });
});
