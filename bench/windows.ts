import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Benchmark, rounded } from './figures.ts';
import { folderStore } from './folder-store.ts';
import { generatedWindows } from './generated-windows.ts';
import { clipOf, JOINED_GOALS, type OneClip, oneClip, seamFigures } from './joined-plates.ts';
import { withFaults } from './planted-faults.ts';
import { drawWindows, repeatedPlan } from './sample-render.ts';

export interface WindowsSettings {
  /** Who makes the plates; the animatic's pictures with planted faults when left out. */
  readonly component?: string | undefined;
  /** Lengths of the clips, for plates that are really made. */
  readonly seconds?: readonly number[] | undefined;
}

const SHORT = 10;
const MIDDLE = 60;
const LONG = 600;

/**
 * The plates of clips of 10, 60 and 600 s on the post stage's own path: windows fetched, checked, decoded, joined, repaired, scored and sent
 * into ffmpeg. Windows are shaped as the default component's (31 frames, 7 shared) and carry the small faults that models leave. The ten
 * seconds are drawn once and repeated: 600 s are 600 windows to decode and 540 joins. The peer of the seams is the same windows, cut hard.
 */
export async function windows({ component, seconds }: WindowsSettings = {}): Promise<Benchmark> {
  if (component !== undefined) return generatedWindows(component, seconds);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-windows-'));
  try {
    const objects = join(folder, 'objects');
    const work = join(folder, 'work');
    await mkdir(work);
    const plan = repeatedPlan(LONG / SHORT, SHORT);
    await drawWindows(folderStore(objects), plan, work, {
      drawnShots: 1,
      change: (frame, window) => withFaults(frame, window, plan.plate),
    });
    const short = await oneClip(objects, clipOf(plan, SHORT));
    const middle = await oneClip(objects, clipOf(plan, MIDDLE));
    const long = await oneClip(objects, clipOf(plan, LONG));
    const cut = await oneClip(objects, { ...clipOf(plan, MIDDLE), overlapFrames: 0 });
    const perSecond = (clip: OneClip, seconds: number): number => clip.cpuSeconds / seconds;
    return {
      figures: {
        peakMiB10: Math.round(short.peakMiB),
        peakMiB60: Math.round(middle.peakMiB),
        peakMiB600: Math.round(long.peakMiB),
        rssRatio600to10: rounded(long.peakMiB / short.peakMiB),
        cpuMsPerFrame: rounded((1000 * long.cpuSeconds) / long.frames, 2),
        cpuLinearity: rounded(perSecond(long, LONG) / Math.min(perSecond(short, SHORT), perSecond(middle, MIDDLE))),
        framesApart: Math.abs(short.frames - 24 * SHORT) + Math.abs(middle.frames - 24 * MIDDLE) + Math.abs(long.frames - 24 * LONG),
        ...seamFigures(long, cut),
      },
      goals: { rssRatio600to10: { atMost: 1.05 }, ...JOINED_GOALS },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
