import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Brief } from '#contracts/brief';
import type { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import { planDocument } from '#domain/plan/plan-document';
import type { LoopbackAws } from './animatic/loopback-aws.ts';
import { FFMPEG } from './harness/bench.ts';

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Exit code, or the name of the signal that ended it. */
  readonly code: Promise<number | string>;
}

/** A preview of one shot of `seconds`, as plan would write it for this component. */
export const onePlannedShot = (component: Component, seconds: number): PlanDocument =>
  planDocument({
    job: { jobId: 'acme_0123456789abcdef01234567', tenant: 'acme' },
    tier: 'preview',
    brief: Brief.parse({
      schema: 'framewright/brief/v1',
      tenant: 'acme',
      campaign: 'spring',
      product: { name: 'Coffee', photo: 'photo.png' },
      storyboard: [{ seconds, description: 'Silk flows', camera: 'pan-left' }],
      brand: { palette: ['#10243a', '#f2aa4c', '#ffffff'] },
    }),
    photoPalette: [],
    component,
  });

/** Puts the plan where a worker looks for it. */
export function givePlan(aws: LoopbackAws, plan: PlanDocument): void {
  aws.objects.set(keys.plan(plan), Buffer.from(canonicalJson(plan)));
}

/** The worker as Batch starts it: a process, an environment, an exit code. */
export function startWorker(
  aws: LoopbackAws,
  plan: PlanDocument,
  { program, attempt, environment = {} }: { program: string; attempt: number; environment?: Readonly<Record<string, string>> },
): WorkerProcess {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      ...(process.env.TMPDIR === undefined ? {} : { TMPDIR: process.env.TMPDIR }),
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      FRAMEWRIGHT_ARTIFACTS_BUCKET: 'artifacts',
      FRAMEWRIGHT_BUS: 'framewright',
      FRAMEWRIGHT_FFMPEG: FFMPEG,
      FRAMEWRIGHT_PLAN_KEY: keys.plan(plan),
      FRAMEWRIGHT_PLAN_SHA256: createHash('sha256').update(canonicalJson(plan)).digest('hex'),
      AWS_BATCH_JOB_ID: `test-${process.pid}-${new URL(aws.endpoint).port}`,
      AWS_BATCH_JOB_ATTEMPT: String(attempt),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a group of its own, as a container is
  });
  child.stdout?.resume();
  return { child, code: new Promise((ended) => child.on('exit', (code, signal) => ended(code ?? signal ?? 'nothing'))) };
}

/** What a finished render left: every object by its key, but for checkpoints, which nothing reads once their window is committed. */
export const renderedObjects = (aws: LoopbackAws): Map<string, string> =>
  new Map(
    [...aws.objects]
      .filter(([key]) => !key.endsWith('.checkpoint'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, body]) => [key, createHash('sha256').update(body).digest('hex')]),
  );
