import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { ExitCode } from '#contracts/errors';
import { keys } from '#contracts/keys';
import { canonicalJson } from '#domain/plan/canonical-json';
import denoise from '../../../containers/denoise-tiny/component.json' with { type: 'json' };
import manifest from '../../../containers/motion-tiny/component.json' with { type: 'json' };
import upscale from '../../../containers/upscale-tiny/component.json' with { type: 'json' };
import { type LoopbackAws, loopbackAws } from '../animatic/loopback-aws.ts';
import { FFMPEG } from '../harness/bench.ts';
import { onePlannedShot } from '../worker-process.ts';

const root = resolve(import.meta.dirname, '../../..');
const [component, ...hosted] = [manifest, denoise, upscale].map((one) => Component.parse(one));
const weights = [component!, ...hosted].flatMap(({ id, files }) => Object.keys(files).map((file) => `${id}/${file}`));

/** Two windows of one second each. */
const plan = onePlannedShot(component!, 2);
const planKey = keys.plan(plan);
const planBytes = Buffer.from(canonicalJson(plan));

/** With the real weights: as slow as the model is. */
describe.skipIf(weights.length === 0)('the worker of our own model', { timeout: 600_000 }, () => {
  let aws: LoopbackAws;
  let temporary: string;
  const children = new Set<ChildProcess>();
  const fill = (): void => {
    aws.objects.set(planKey, planBytes);
    for (const name of weights) aws.objects.set(`weights/${name}`, readFileSync(join(root, 'models', name)));
  };
  beforeEach(async () => {
    aws = await loopbackAws();
    temporary = mkdtempSync(join(tmpdir(), 'worker-'));
    fill();
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await aws.close();
    rmSync(temporary, { recursive: true, force: true });
  });

  /** As Batch starts it: a process, an environment, an exit code. */
  function start(attempt: number, more: Record<string, string> = {}): { child: ChildProcess; code: Promise<number | string> } {
    const child = spawn(process.execPath, [join(root, 'containers/motion-tiny/main.ts')], {
      env: {
        PATH: process.env.PATH,
        HOME: temporary,
        TMPDIR: temporary,
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        FRAMEWRIGHT_ARTIFACTS_BUCKET: 'artifacts',
        FRAMEWRIGHT_BUS: 'framewright',
        FRAMEWRIGHT_FFMPEG: FFMPEG,
        FRAMEWRIGHT_PLAN_KEY: planKey,
        FRAMEWRIGHT_PLAN_SHA256: createHash('sha256').update(planBytes).digest('hex'),
        FRAMEWRIGHT_WEIGHTS: JSON.stringify(Object.fromEntries(weights.map((name) => [name, `s3://artifacts/weights/${name}`]))),
        AWS_BATCH_JOB_ID: `test-${process.pid}`,
        AWS_BATCH_JOB_ATTEMPT: String(attempt),
        ...more,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    children.add(child);
    child.stdout?.resume();
    return { child, code: new Promise((ended) => child.on('exit', (code, signal) => ended(code ?? signal ?? 'nothing'))) };
  }
  const made = (): Map<string, string> =>
    new Map(
      [...aws.objects]
        .filter(([key]) => key.includes('/shots/') && !key.endsWith('.checkpoint'))
        .map(([key, body]) => [key, createHash('sha256').update(body).digest('hex')]),
    );

  it('told to stop inside a window, leaves with the agreed code and its step, and the next attempt ends with the bytes of an undisturbed run', async () => {
    expect(await start(1).code).toBe(0);
    const undisturbed = made();
    expect(undisturbed.size).toBe(plan.shots[0]!.windows.length * 4); // frames, manifest, context, shared frames

    aws.objects.clear();
    fill();
    const first = start(1);
    // The first window is done: the second one is being sampled.
    while (![...aws.objects.keys()].some((key) => key.endsWith('000000-000031.json'))) await new Promise((later) => setTimeout(later, 20));
    await new Promise((later) => setTimeout(later, 300));
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(ExitCode.Interrupted);

    expect(await start(2).code).toBe(0);
    expect(made()).toEqual(undisturbed);
  });

  it('leaves no trace of the runtime reporting to its maker', async () => {
    expect(await start(1).code).toBe(0);
    expect(readdirSync(temporary)).toEqual(['framewright-weights']);
  });
});
