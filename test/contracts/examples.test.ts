import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LifecycleEvent } from '#contracts/events';
import { MESSAGE_CONTRACTS } from '#tools/docs/message-contracts';

const FOLDER = fileURLToPath(new URL('../../contracts/examples/', import.meta.url));
const examplesOf = async (contract: string) => (await readdir(join(FOLDER, contract))).filter((name) => name.endsWith('.json')).sort();
const read = async (contract: string, name: string): Promise<unknown> => JSON.parse(await readFile(join(FOLDER, contract, name), 'utf8'));

it('has a folder of examples for every contract, and no folder without a contract', async () => {
  expect((await readdir(FOLDER)).sort()).toEqual(Object.keys(MESSAGE_CONTRACTS).sort());
});

describe.each(Object.entries(MESSAGE_CONTRACTS))('%s', (name, contract) => {
  it('reads its examples, and reads what it wrote to the same value', async () => {
    const examples = await examplesOf(name);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const parsed = contract.parse(await read(name, example));
      expect(contract.parse(JSON.parse(JSON.stringify(parsed))), example).toEqual(parsed);
    }
  });

  it('refuses nothing at all, and a message in a list', () => {
    expect(contract.safeParse(undefined).success).toBe(false);
    expect(contract.safeParse([]).success).toBe(false);
  });
});

/** What AWS writes may grow; what we write may not. */
const OPEN = new Set(['object-created', 'batch-parameters', 'batch-job-state-change', 'execution-status-change']);
it.each(Object.keys(MESSAGE_CONTRACTS).filter((name) => !OPEN.has(name)))('%s names a key it does not know', async (name) => {
  for (const example of await examplesOf(name)) {
    const stranger = Object.assign({}, await read(name, example), { surprise: 1 });
    expect(JSON.stringify(MESSAGE_CONTRACTS[name]?.safeParse(stranger).error?.issues), example).toContain('surprise');
  }
});

it('shows every kind of lifecycle event, each in the file of its name', async () => {
  const kinds = LifecycleEvent.options.map((option) => option.shape.type.value);
  expect(await examplesOf('lifecycle-event')).toEqual(kinds.map((kind) => `${kind}.json`).sort());
  for (const kind of kinds) expect(LifecycleEvent.parse(await read('lifecycle-event', `${kind}.json`)).type).toBe(kind);
});

it('shows the safety policy of this release, word for word', async () => {
  const released = await readFile(new URL('../../domain/safety/policy/default.json', import.meta.url), 'utf8');
  expect(await read('safety-policy', 'release.json')).toEqual(JSON.parse(released));
});
