import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { CameraMove } from '#contracts/brief';
import { promptOf } from '#domain/plan/prompt';
import { templates } from '#domain/plan/templates';
import { briefPolicy } from '#domain/safety/brief/policy';
import { isStopped } from '../../../../bench/safety-text.ts';
import { readCorpus } from './corpus/read-corpus.ts';
import { textModel } from './readers.ts';

/**
 * What a video model reads is the description of a shot, which is screened, and words of ours behind it. The sum is not screened again: these
 * tests promise that it could say nothing more. A template whose words would be stopped fails here.
 */
const prompts = (description: string): string[] =>
  Object.values(templates).flatMap((template) => CameraMove.options.map((camera) => promptOf({ description, camera }, template).text));

it('begins with the whole description, and what follows is the same for every description', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), (description) => {
      const scene = description.trim().replace(/[\s.]+$/, '');
      fc.pre(scene !== '');
      expect(prompts(description)).toEqual(prompts('A').map((prompt) => `${scene}${prompt.slice(1)}`));
    }),
  );
});

it('adds no words that the rules or the encoder would stop', async () => {
  for (const text of [...prompts(''), ...prompts('A bottle of coffee on a table')])
    expect([text, await isStopped(briefPolicy(), textModel, [{ name: 'prompt', text }])]).toEqual([text, false]);
});

it('says of a description with words of film craft behind it what it says of the description', async () => {
  const lines = (['written', 'contrasts', 'retired'] as const).flatMap(readCorpus).filter(({ channels }) => channels.length === 1);
  const read = (text: string): Promise<boolean> => isStopped(briefPolicy(), textModel, [{ name: 'description', text }]);
  const counts = { passed: 0, thenStopped: 0, stopped: 0, thenPassed: 0 };
  for (const [index, { channels }] of lines.entries()) {
    const description = channels[0]?.text ?? '';
    const all = prompts(description);
    const prompt = all[index % all.length] ?? ''; // another template and move each time
    const [before, after] = [await read(description), await read(prompt)];
    if (before) counts.stopped++;
    else counts.passed++;
    if (before && !after) counts.thenPassed++;
    if (!before && after) counts.thenStopped++;
  }
  expect(lines.length).toBeGreaterThan(1_000);
  // Measured: 5 of 582 and 7 of 669. One in five harmless ones was stopped before the voter had read film language.
  expect(counts.thenStopped / counts.passed).toBeLessThan(0.02);
  expect(counts.thenPassed / counts.stopped).toBeLessThan(0.02);
});
