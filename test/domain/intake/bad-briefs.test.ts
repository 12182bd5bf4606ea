import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { acceptBrief } from '#domain/intake/accept-brief';
import { BRIEF_KEY, intakeWorld } from './world.ts';

const FOLDER = fileURLToPath(new URL('../../../contracts/examples/brief/invalid/', import.meta.url));
const Expectation = z.strictObject({ path: z.string(), expected: z.string(), found: z.string() });

const files = await readdir(FOLDER);
const bad = files.filter((name) => !name.endsWith('.expected.json')).sort();

it('keeps a folder of at least 40 bad briefs, each with what has to be said about it', () => {
  expect(bad.length).toBeGreaterThanOrEqual(40);
  expect(files.filter((name) => name.endsWith('.expected.json')).sort()).toEqual(
    bad.map((name) => name.replace(/\.[a-z]+$/, '.expected.json')).sort(),
  );
});

it.each(bad)('%s is rejected, and the note says where, what was expected and what was found', async (name) => {
  const expectation = Expectation.parse(JSON.parse(await readFile(join(FOLDER, name.replace(/\.[a-z]+$/, '.expected.json')), 'utf8')));
  const world = intakeWorld();
  world.uploadAssets();
  const object = world.intake.upload(BRIEF_KEY, await readFile(join(FOLDER, name)));

  const receipt = await acceptBrief(world.arrival(object), world.neighbours);

  expect(receipt.result).toBe('rejected');
  expect(world.pipeline.executions.size).toBe(0);
  const { problems } = world.note();
  expect(problems).toContainEqual({
    path: expectation.path,
    expected: expect.stringContaining(expectation.expected),
    found: expect.stringContaining(expectation.found),
  });
  expect(world.publisher.published).toMatchObject([{ type: 'brief.rejected', problems }]);
});
