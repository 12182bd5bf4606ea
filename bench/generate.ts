import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { Component } from '#contracts/component';
import type { PlanDocument } from '#contracts/plan';
import { animaticBackend } from '../containers/animatic/animatic-backend.ts';
import animatic from '../containers/animatic/component.json' with { type: 'json' };
import type { MotionBackend } from '../containers/harness/motion-backend.ts';
import { writeNut } from '../containers/harness/nut-writer.ts';
import { type FrameShelf, frameShelf, noShelf } from '../containers/motion-tiny/frame-shelf.ts';
import { networkFiles } from '../containers/motion-tiny/network-files.ts';
import { NETWORKS } from '../containers/motion-tiny/networks.ts';
import { onnxBackend } from '../containers/motion-tiny/onnx-backend.ts';
import { bareOnnxruntime } from './bare-onnxruntime.ts';
import { cpuSeconds, measured } from './cpu-seconds.ts';
import { type Benchmark, median, rounded } from './figures.ts';
import { clipOf, hosted, motionTiny, ONE_THREAD, shippedBundle } from './generate-world.ts';
import { FFMPEG } from './sample-render.ts';

const CLIP_SECONDS = 15;
const ROUNDS = 3;
/** Processes side by side on the machine that the goal is set for. */
const CORES = 2;

/** A component's cost of a rendered second, part by part, and how much of it is the networks themselves. */
export async function generate(): Promise<Benchmark> {
  const plan = clipOf(CLIP_SECONDS, motionTiny);
  const bundle = shippedBundle();
  const bare = await bareOnnxruntime(networkFiles(bundle), plan.shots[0]?.words ?? '');
  const engine = await ready(noShelf);
  const perWindow: Record<string, number[]> = { engine: [] };
  for (const network of NETWORKS) await bare[network](); // the first run of a graph plans its memory
  await windowOf(engine, plan);
  for (let round = 0; round < ROUNDS; round++) {
    for (const network of NETWORKS) perWindow[network] = [...(perWindow[network] ?? []), (await measured(bare[network])).cpu];
    perWindow.engine?.push((await measured(() => windowOf(engine, plan))).cpu);
  }
  await engine.close();
  const cost = Object.fromEntries(Object.entries(perWindow).map(([part, rounds]) => [part, median(rounds)]));
  const networks = NETWORKS.reduce((sum, network) => sum + (cost[network] ?? 0), 0);

  const windows = plan.shots.reduce((sum, shot) => sum + shot.windows.length, 0);
  const perSecond = windows / CLIP_SECONDS;
  const store = openMemoryArtifactStore();
  const clip = await clipOnTwoCores(plan, frameShelf(store, plan));
  const again = await clipOnTwoCores(plan, frameShelf(store, plan)); // as a final does after its preview
  return {
    figures: {
      component: motionTiny.id,
      secondsFor15s: rounded(clip.wall, 1),
      cpuSecondsFor15s: rounded(clip.cpu, 1),
      cpuSecondsFor15sAfterPreview: rounded(again.cpu, 1),
      shareOfBareRuntime: rounded(networks / (cost.engine ?? 0)),
      windows,
      motionPerSecond: rounded((cost['motion-tiny'] ?? 0) * perSecond, 2),
      denoisePerSecond: rounded((cost['denoise-tiny'] ?? 0) * perSecond, 2),
      upscalePerSecond: rounded((cost['upscale-tiny'] ?? 0) * perSecond, 2),
      enginePerSecond: rounded(((cost.engine ?? 0) - networks) * perSecond, 2),
      encodePerSecond: rounded(await encodeCost(plan), 2),
      animaticPerSecond: rounded(await animaticCost(), 2),
    },
    // The networks themselves are the work; a tenth is what noise, steps, colors and messages may cost.
    goals: { secondsFor15s: { atMost: 45 }, shareOfBareRuntime: { atLeast: 0.9 } },
  };
}

async function ready(shelf: FrameShelf): Promise<MotionBackend> {
  const backend = onnxBackend({ component: motionTiny, hosted, shelf, graphs: ONE_THREAD });
  await backend.load(shippedBundle());
  return backend;
}

const go = new AbortController().signal;
const drop = async (): Promise<void> => {};

async function windowOf(backend: MotionBackend, plan: PlanDocument): Promise<void> {
  const [shot] = plan.shots;
  const [window] = shot?.windows ?? [];
  if (shot && window) await backend.generate({ shot, window, plate: plan.plate, fps: plan.fps }, drop, go);
}

/** Renders a shot as the harness does: each window from the context of the one before. */
async function renderShot(
  backend: MotionBackend,
  plan: PlanDocument,
  index: number,
  sink: (frame: Uint8Array) => Promise<void> = drop,
): Promise<void> {
  const shot = plan.shots[index];
  let context: Uint8Array | undefined;
  for (const window of shot?.windows ?? []) {
    if (!shot) return;
    ({ context } = await backend.generate({ shot, window, plate: plan.plate, fps: plan.fps, ...(context && { context }) }, sink, go));
  }
}

/** All shots by as many engines as there are cores, each taking the next shot when it is done with one. */
async function clipOnTwoCores(plan: PlanDocument, shelf: FrameShelf): Promise<{ cpu: number; wall: number }> {
  const engines = await Promise.all(Array.from({ length: CORES }, () => ready(shelf)));
  let next = 0;
  const spent = await measured(async () => {
    await Promise.all(
      engines.map(async (engine) => {
        while (next < plan.shots.length) await renderShot(engine, plan, next++);
      }),
    );
  });
  for (const engine of engines) await engine.close();
  return spent;
}

/** CPU of writing a rendered second as the harness stores it. */
async function encodeCost(plan: PlanDocument): Promise<number> {
  const frames: Uint8Array[] = [];
  const engine = await ready(noShelf);
  const [shot] = plan.shots;
  const [window] = shot?.windows ?? [];
  if (shot && window)
    await engine.generate({ shot, window, plate: plan.plate, fps: plan.fps }, async (frame) => void frames.push(frame.slice()), go);
  await engine.close();
  const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-generate-'));
  try {
    const before = cpuSeconds();
    await writeNut({ ffmpeg: FFMPEG, file: join(folder, 'w.nut'), fps: plan.fps, ...plan.plate }, async (write) => {
      for (const frame of frames) await write(frame);
    });
    return ((cpuSeconds() - before) * plan.fps) / frames.length;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** CPU of a rendered second of the animatic, without the encode. */
async function animaticCost(): Promise<number> {
  const plan = clipOf(CLIP_SECONDS, Component.parse(animatic));
  const backend = animaticBackend();
  const { cpu } = await measured(() => renderShot(backend, plan, 0));
  return (cpu * plan.fps) / (plan.shots[0]?.frames ?? 1);
}
