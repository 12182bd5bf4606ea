import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanDocument } from '#contracts/plan';
import type { Seams } from '#contracts/post';
import type { Benchmark } from './figures.ts';

/** What a process of its own says about the plates of one clip. */
export interface OneClip {
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly frames: number;
  readonly seams: Seams;
}

/** How containers/post/Dockerfile starts Node. */
const AS_THE_WORKER = ['--max-semi-space-size=2', '--optimize-for-size'];

/** The first `seconds` of a plan. */
export function clipOf(plan: PlanDocument, seconds: number): PlanDocument {
  const frames = seconds * plan.fps;
  return { ...plan, frames, shots: plan.shots.filter(({ start }) => start < frames) };
}

/** Joins the windows of a clip, which lie in a folder, as the post stage does. */
export async function oneClip(objects: string, plan: PlanDocument): Promise<OneClip> {
  const file = join(objects, 'plan.json');
  await writeFile(file, JSON.stringify(plan));
  const child = fork(join(import.meta.dirname, 'windows-of-one-clip.ts'), [objects, file], { execArgv: AS_THE_WORKER });
  const message = once(child, 'message');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`expected the plates of ${plan.frames} frames to be joined, found exit code ${code}`);
  const [told] = await message;
  return told;
}

/** What the joins of a clip are like, beside those of the same windows cut hard. */
export const seamFigures = ({ seams }: OneClip, cut: OneClip): Benchmark['figures'] => ({
  joins: seams.joins,
  repaired: seams.repaired,
  seamScore: seams.score,
  worstSeamScore: seams.worst?.score ?? 1,
  overlapAddScore: seams.unrepaired,
  hardCutScore: cut.seams.score,
  drift: seams.drift,
});

/** Whoever makes the plates: time in proportion to the length, no frame lost, joins that nobody sees. */
export const JOINED_GOALS: Benchmark['goals'] = {
  cpuLinearity: { atMost: 1.1 },
  framesApart: { atMost: 0 },
  seamScore: { atMost: 1.05 },
  worstSeamScore: { atMost: 1.5 },
};
