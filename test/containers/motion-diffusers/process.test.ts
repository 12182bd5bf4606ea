import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { ExitCode } from '#contracts/errors';
import manifest from '../../../containers/wan22-ti2v-5b/component.json' with { type: 'json' };
import { type LoopbackAws, loopbackAws } from '../animatic/loopback-aws.ts';
import { givePlan, onePlannedShot, renderedObjects, startWorker, type WorkerProcess } from '../worker-process.ts';

const component = Component.parse(manifest);
/** Two windows of 5 s at a size that the dry run draws quickly. */
const plan = {
  ...onePlannedShot(component, 8),
  plate: { width: 64, height: 32 },
};

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

/** The entry point as the image starts it, with the dry run where the image has a GPU. */
function start(attempt: number, more: Record<string, string> = {}): WorkerProcess {
  const program = resolve(import.meta.dirname, '../../../containers/motion-diffusers/main.ts');
  const environment = { FRAMEWRIGHT_COMPONENT: `${component.id}@${component.version}`, FRAMEWRIGHT_ENGINE: 'dry-run', ...more };
  const worker = startWorker(aws, plan, { program, attempt, environment });
  children.add(worker.child);
  return worker;
}

it('renders every window of its shot, and what it leaves does not depend on being killed in between', async () => {
  expect(plan.shots[0]?.windows).toHaveLength(2);
  expect(await start(1).code).toBe(0);
  expect(aws.created).toHaveLength(2);
  const undisturbed = renderedObjects(aws);

  aws.objects.clear();
  givePlan(aws, plan);
  expect(await start(1, { FRAMEWRIGHT_CRASH_AT: 'window:upload:after' }).code).toBe('SIGKILL');
  expect(await start(2, { FRAMEWRIGHT_CRASH_AT: 'window:upload:after' }).code).toBe(0);
  expect(renderedObjects(aws)).toEqual(undisturbed);
});

it('refuses to be a component that the image does not have', async () => {
  expect(await start(1, { FRAMEWRIGHT_COMPONENT: 'wan23@1.0.0' }).code).not.toBe(0);
});

it('without a GPU and its libraries fails in words, and lets Batch try again', async () => {
  expect(await start(1, { FRAMEWRIGHT_ENGINE: 'diffusers' }).code).toBe(ExitCode.Failed);
});
