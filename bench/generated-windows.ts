import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { PlanDocument } from '#contracts/plan';
import { loopbackAws } from '../test/containers/animatic/loopback-aws.ts';
import { givePlan, startWorker } from '../test/containers/worker-process.ts';
import { type Benchmark, rounded } from './figures.ts';
import { folderStore } from './folder-store.ts';
import { clipOf, JOINED_GOALS, oneClip, seamFigures } from './joined-plates.ts';
import { variedPlan } from './sample-render.ts';
import { type LearnedWorker, learnedWorker } from './victims.ts';

const Usage = z.object({ peakMiB: z.number(), cpuSeconds: z.number() });
type Usage = z.infer<typeof Usage>;

/** The longest shot that a brief may ask for, in seconds: the most windows that one worker makes. */
const LONGEST_SHOT = 60;
const LENGTHS = [10, 60, 600];

/**
 * Plates made by the real workers of our own model, one process a shot as Batch starts them, then joined on the post stage's path. Shots are as
 * long as the second length, by default what a brief may ask for at most, so memory that grew with the windows of a shot would show in the second length, with the shots of a clip in
 * the third. Nothing is planted: seams are those that the model leaves.
 */
export async function generatedWindows(component: string, seconds: readonly number[] = LENGTHS): Promise<Benchmark> {
  const worker = await learnedWorker();
  if (worker?.name !== component)
    throw new Error(`expected a component whose weights are here (${worker?.name ?? 'none is'}), found ${component}`);
  const [short = 0, middle = 0, long = 0] = seconds;
  if (short > middle || middle > LONGEST_SHOT || long % middle !== 0)
    throw new RangeError(`expected a shot, one of at most ${LONGEST_SHOT} s and a multiple of it, found ${seconds.join(', ')} s`);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-generated-'));
  try {
    const brief = variedPlan(worker.component, 1, short);
    const whole = variedPlan(worker.component, long / middle, middle);
    const made = [await generated(worker, brief, 0, folder)];
    for (const { index } of whole.shots) made.push(await generated(worker, whole, index, folder));
    const [first, second] = made;
    if (!first || !second) throw new Error('expected two shots at least, found fewer');
    const joined = {
      short: await oneClip(folder, brief),
      middle: await oneClip(folder, clipOf(whole, middle)),
      long: await oneClip(folder, whole),
    };
    const cut = await oneClip(folder, { ...whole, overlapFrames: 0 });
    const longMade = { peakMiB: Math.max(...made.slice(1).map(({ peakMiB }) => peakMiB)), cpuSeconds: sum(made.slice(1)) };
    const perSecond = {
      short: (first.cpuSeconds + joined.short.cpuSeconds) / short,
      middle: (second.cpuSeconds + joined.middle.cpuSeconds) / middle,
      long: (longMade.cpuSeconds + joined.long.cpuSeconds) / long,
    };
    return {
      figures: {
        component,
        seconds: seconds.join(','),
        workerPeakMiBShort: Math.round(first.peakMiB),
        workerPeakMiBMiddle: Math.round(second.peakMiB),
        workerPeakMiBLong: Math.round(longMade.peakMiB),
        workerRssRatio: rounded(longMade.peakMiB / first.peakMiB),
        postPeakMiBShort: Math.round(joined.short.peakMiB),
        postPeakMiBMiddle: Math.round(joined.middle.peakMiB),
        postPeakMiBLong: Math.round(joined.long.peakMiB),
        postRssRatio: rounded(joined.long.peakMiB / joined.short.peakMiB),
        workerCpuPerSecond: rounded(longMade.cpuSeconds / long, 2),
        postCpuPerSecond: rounded(joined.long.cpuSeconds / long, 3),
        cpuLinearity: rounded(perSecond.long / Math.min(perSecond.short, perSecond.middle)),
        framesApart: Math.abs(joined.short.frames - brief.frames) + Math.abs(joined.long.frames - whole.frames),
        ...seamFigures(joined.long, cut),
      },
      goals: { workerRssRatio: { atMost: 1.05 }, postRssRatio: { atMost: 1.05 }, ...JOINED_GOALS },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One shot by a worker process; what it stored is put into the folder that post reads. */
async function generated(worker: LearnedWorker, plan: PlanDocument, shot: number, folder: string): Promise<Usage> {
  const aws = await loopbackAws();
  const usage = join(folder, 'usage.json');
  try {
    givePlan(aws, plan);
    for (const [key, body] of worker.given) aws.objects.set(key, body);
    const environment = {
      ...worker.environment,
      AWS_BATCH_JOB_ARRAY_INDEX: String(shot),
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'tell-usage.ts')}`,
      BENCH_USAGE: usage,
    };
    const code = await startWorker(aws, plan, { program: worker.program, attempt: 1, environment }).code;
    if (code !== 0) throw new Error(`expected shot ${shot} to be made, found exit code ${code}`);
    const store = folderStore(folder);
    for (const [key, body] of aws.objects) if (key.includes('/shots/')) await store.put(key, body);
    return Usage.parse(JSON.parse(await readFile(usage, 'utf8')));
  } finally {
    await aws.close();
  }
}

const sum = (made: readonly Usage[]): number => made.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0);
