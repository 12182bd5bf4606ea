import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { script } from './script.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'framewright-lock-'));

it('of several commands that start together only one installs at a time', async () => {
  const home = folder();
  const log = join(home, 'log');
  const worker = (name: string) => `
    import { appendFileSync } from 'node:fs';
    import { underLock } from 'setup/lock.mjs';
    await underLock('${home}/setup.lock', async () => {
      appendFileSync('${log}', '${name} begins\\n');
      await new Promise((resume) => setTimeout(resume, 150));
      appendFileSync('${log}', '${name} ends\\n');
    });`;
  await Promise.all(['a', 'b', 'c'].map((name) => script(worker(name))));
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(6);
  for (let index = 0; index < 6; index += 2) expect(lines[index + 1]).toBe(lines[index]?.replace('begins', 'ends'));
  expect(existsSync(join(home, 'setup.lock'))).toBe(false);
});

it('the lock of a command that was killed is taken over', async () => {
  const home = folder();
  mkdirSync(join(home, 'setup.lock'));
  const gone = await script('console.log(process.pid)');
  writeFileSync(join(home, 'setup.lock', 'pid'), gone.output.trim());
  const { output } = await script(`
    import { underLock } from 'setup/lock.mjs';
    console.log(await underLock('${home}/setup.lock', async () => 'done'));`);
  expect(output.trim()).toBe('done');
});

it('the lock is given back when the installation fails', async () => {
  const home = folder();
  const { output } = await script(`
    import { underLock } from 'setup/lock.mjs';
    await underLock('${home}/setup.lock', async () => { throw new Error('no network'); }).catch((error) => console.log(error.message));`);
  expect(output.trim()).toBe('no network');
  expect(existsSync(join(home, 'setup.lock'))).toBe(false);
});
