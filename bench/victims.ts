import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Brief } from '#contracts/brief';
import { Component } from '#contracts/component';
import type { PlanDocument } from '#contracts/plan';
import { planDocument } from '#domain/plan/plan-document';
import { readComponents } from '#lib/components';
import animatic from '../containers/animatic/component.json' with { type: 'json' };
import { MOTION_CRASH_POINTS } from '../containers/harness/crash-points.ts';
import scripted from '../test/containers/scripted/component.json' with { type: 'json' };
import type { Victim } from './killed-worker.ts';
import { bundleWorker } from './worker-bundle.ts';

const ROOT = join(import.meta.dirname, '..');
const LEARNED = 'motion-tiny';

/** One shot of so many seconds at preview size. */
function planOf(component: Component, seconds: number): PlanDocument {
  const brief = Brief.parse({
    schema: 'framewright/brief/v1',
    tenant: 'bench',
    campaign: 'resume',
    product: { name: 'Coffee', photo: 'photo.png' },
    storyboard: [{ seconds, description: 'Silk flows slowly', camera: 'pan-left' }],
    brand: { palette: ['#10243a', '#f2aa4c', '#ffffff'] },
  });
  const job = { jobId: `bench_${'0'.repeat(24)}`, tenant: 'bench' };
  return planDocument({ job, tier: 'preview', brief, photoPalette: [], component });
}

/** The animatic, whose windows stand alone, and the scripted one, which continues windows and keeps steps. */
export async function cheapVictims(scratch: string): Promise<Victim[]> {
  const standsAlone = MOTION_CRASH_POINTS.filter((point) => point !== 'window:context' && point !== 'window:checkpoint');
  return [
    {
      name: 'animatic',
      program: await bundleWorker(join(ROOT, 'containers/animatic/main.ts'), join(scratch, 'animatic')),
      plan: planOf(Component.parse(animatic), 5), // three windows
      environment: {},
      given: new Map(),
      points: standsAlone,
    },
    {
      name: 'scripted',
      program: await bundleWorker(join(ROOT, 'test/containers/scripted/main.ts'), join(scratch, 'scripted')),
      plan: planOf(Component.parse(scripted), 1), // four windows of sixteen steps and frames
      environment: { SCRIPTED_STEP_MS: '5' },
      given: new Map(),
      points: MOTION_CRASH_POINTS,
    },
  ];
}

/** The worker of a component whose weights lie in this checkout: its program and what it must be given. */
export interface LearnedWorker extends Omit<Victim, 'plan' | 'points'> {
  readonly component: Component;
}

/** Our own model, when this checkout has it and its weights. */
export async function learnedWorker(): Promise<LearnedWorker | undefined> {
  const components = readComponents(ROOT);
  const component = components.find(({ id }) => id === LEARNED);
  if (!component) return undefined;
  const bundles = [component, ...components.filter(({ hostedBy }) => hostedBy === LEARNED)];
  const files = bundles.flatMap(({ id, files: named }) => Object.keys(named).map((file) => `${id}/${file}`));
  if (files.length === 0 || !files.every((file) => existsSync(join(ROOT, 'models', file)))) return undefined;
  return {
    name: LEARNED,
    component,
    program: join(ROOT, 'containers', LEARNED, 'main.ts'),
    environment: { FRAMEWRIGHT_WEIGHTS: JSON.stringify(Object.fromEntries(files.map((file) => [file, `s3://artifacts/models/${file}`]))) },
    given: new Map(await Promise.all(files.map(async (file) => [`models/${file}`, await readFile(join(ROOT, 'models', file))] as const))),
  };
}

/** Our own model is slow to start and to render, so few of its workers are killed. */
export async function learnedVictim(): Promise<Victim | undefined> {
  const worker = await learnedWorker();
  return worker && { ...worker, plan: planOf(worker.component, 2), points: [] };
}
