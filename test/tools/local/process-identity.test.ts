import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { identityOf, isSameProcess, startFromPs } from '../../../tools/local/process-identity.ts';

it('knows a process again, and one that has ended no more', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const identity = identityOf(child.pid!);
  expect(isSameProcess(identity)).toBe(true);
  expect(isSameProcess({ ...identity, started: 'before the restart' })).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isSameProcess(identity)).toBe(false);
});

it('gives the same answer on a Mac in whatever language and time zone it is asked', () => {
  const { LC_ALL, TZ } = process.env;
  try {
    const first = startFromPs(process.pid);
    expect(first).toMatch(/\d{2}:\d{2}:\d{2} \d{4}$/);
    Object.assign(process.env, { LC_ALL: 'de_DE.UTF-8', TZ: 'Asia/Tokyo' });
    expect(startFromPs(process.pid)).toBe(first);
  } finally {
    for (const [name, value] of Object.entries({ LC_ALL, TZ })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
