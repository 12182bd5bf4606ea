import { resolve } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExitCode } from '#contracts/errors';
import { type LoopbackAws, loopbackAws } from '../animatic/loopback-aws.ts';
import { planFor } from '../harness/bench.ts';
import { toy } from '../harness/toy.ts';
import { givePlan, renderedObjects, startWorker, type WorkerProcess } from '../worker-process.ts';

const plan = planFor(toy);
/** Steps slow enough to be met by a signal: a window takes 16 of them. */
const AT_WORK = { SCRIPTED_STEP_MS: '25' };

let aws: LoopbackAws;
let undisturbed: Map<string, string>;
const workers: WorkerProcess[] = [];
beforeEach(async () => {
  aws = await loopbackAws();
  givePlan(aws, plan);
});
afterEach(async () => {
  for (const { child } of workers.splice(0)) child.kill('SIGKILL');
  await aws.close();
});

function start(attempt: number, environment: Record<string, string> = {}): WorkerProcess {
  const worker = startWorker(aws, plan, { program: resolve(import.meta.dirname, 'main.ts'), attempt, environment });
  workers.push(worker);
  return worker;
}
const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await later(5);
};
const checkpoint = () => [...aws.objects].find(([key]) => key.endsWith('.checkpoint'))?.[1];
const finish = async (attempt: number): Promise<Map<string, string>> => {
  expect(await start(attempt).code).toBe(0);
  return renderedObjects(aws);
};

it('renders the same bytes whenever it is killed by its own component, by a stall, or by a spot notice inside a window', async () => {
  undisturbed = await finish(1);

  const story: [Record<string, string>, number | string][] = [
    [{ SCRIPTED_FAULT: 'dies@20' }, 'SIGKILL'],
    [{ SCRIPTED_FAULT: 'stall@20' }, ExitCode.Failed],
  ];
  for (const [environment, code] of story) {
    aws.objects.clear();
    givePlan(aws, plan);
    expect(await start(1, environment).code).toBe(code);
    expect(await finish(2)).toEqual(undisturbed);
  }

  for (const [crashAt, code] of [
    ['', ExitCode.Interrupted],
    ['window:checkpoint:before', 'SIGKILL'],
    ['window:checkpoint:after', 'SIGKILL'],
  ] as const) {
    aws.objects.clear();
    aws.created.length = 0;
    givePlan(aws, plan);
    const first = start(1, { ...AT_WORK, FRAMEWRIGHT_CRASH_AT: crashAt });
    await until(() => aws.created.length === 1);
    await later(100); // somewhere in the second window
    first.child.kill('SIGTERM');
    expect(await first.code, crashAt).toBe(code);
    expect(checkpoint() !== undefined, crashAt).toBe(crashAt !== 'window:checkpoint:before');
    expect(await finish(2)).toEqual(undisturbed);
    expect(new Set(aws.created).size).toBe(aws.created.length);
  }
});
