import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { ExitCode } from '#contracts/errors';
import animatic from '../../../containers/animatic/component.json' with { type: 'json' };
import { givePlan, onePlannedShot, startWorker, type WorkerProcess } from '../worker-process.ts';
import { type LoopbackAws, loopbackAws } from './loopback-aws.ts';

/** 5 s in 3 windows, small enough for a busy machine. */
const plan = onePlannedShot(Component.parse(animatic), 5);

let aws: LoopbackAws;
const children = new Set<ChildProcess>();
beforeEach(async () => {
  aws = await loopbackAws();
  givePlan(aws, plan);
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await aws.close();
});

function start(attempt: number, environment: Record<string, string> = {}): WorkerProcess {
  const program = resolve(import.meta.dirname, '../../../containers/animatic/main.ts');
  const worker = startWorker(aws, plan, { program, attempt, environment });
  children.add(worker.child);
  return worker;
}

const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise((later) => setTimeout(later, 5));
};

it.each([
  ['the process', (pid: number) => process.kill(pid, 'SIGTERM')],
  ['its whole group, ffmpeg too,', (pid: number) => process.kill(-pid, 'SIGTERM')],
])('when %s is told to stop, it leaves with the agreed code, and the next attempt renders only what is missing', async (_, stop) => {
  const first = start(1);
  await until(() => aws.created.length === 1);
  stop(first.child.pid!);
  expect(await first.code).toBe(ExitCode.Interrupted);
  const before = [...aws.created];
  expect(before.length).toBeLessThan(3);

  expect(await start(2).code).toBe(0);
  expect(aws.created).toHaveLength(3);
  expect(new Set(aws.created).size).toBe(3);
  expect(aws.created.slice(0, before.length)).toEqual(before);
  expect(aws.events.at(-1)).toMatchObject({ type: 'stage.progressed', percent: 100 });
});

it('killed in the middle like a reclaimed machine, it is completed by the next attempt to the same bytes', async () => {
  const killed = start(1, { FRAMEWRIGHT_CRASH_AT: 'window:upload:after' });
  expect(await killed.code).toBe('SIGKILL');
  expect(await start(2, { FRAMEWRIGHT_CRASH_AT: 'window:upload:after' }).code).toBe(0);
  const resumed = new Map(aws.objects);

  aws.objects.clear();
  givePlan(aws, plan);
  expect(await start(1).code).toBe(0);
  expect([...aws.objects.keys()].sort()).toEqual([...resumed.keys()].sort());
  for (const [key, body] of aws.objects) expect(body.equals(resumed.get(key)!), key).toBe(true);
});
