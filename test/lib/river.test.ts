import { expect, it } from 'vitest';
import { machines, waysThrough } from './machines.ts';

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
