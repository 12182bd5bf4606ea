import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keys } from '#contracts/keys';
import { drawLayers } from '../containers/post/draw-layers.ts';
import { outputOptions } from '../containers/post/encode.ts';
import { renderClip } from '../containers/post/render-clip.ts';
import { bareFfmpeg } from './bare-ffmpeg.ts';
import { measured } from './cpu-seconds.ts';
import { type Benchmark, median, rounded } from './figures.ts';
import { folderStore } from './folder-store.ts';
import { drawWindows, FFMPEG, samplePlan, sampleRequest } from './sample-render.ts';

const execute = promisify(execFile);
const ROUNDS = 3;
const CLIP = { seconds: 15, width: 1280, height: 720 };

/**
 * The post stage, with everything it does (windows joined, layers drawn, one encode, poster, contact sheet, upload), against
 * one bare ffmpeg command that makes the same clip from the same windows and from layers that are already drawn.
 */
export async function media(): Promise<Benchmark> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-media-'));
  try {
    const plan = samplePlan(CLIP);
    const objects = join(folder, 'objects');
    const work = join(folder, 'work');
    await mkdir(work);
    const store = folderStore(objects);
    await drawWindows(store, plan, work);
    const request = await sampleRequest(store, plan, work);
    const layers = join(folder, 'layers');
    await mkdir(layers);
    const { cutout } = request.prep;
    const pictures = { cutout: { png: await store.get(cutout.ref), width: cutout.width, height: cutout.height } };
    const composite = await drawLayers({ plan, size: CLIP, pictures, fonts: request.fonts, folder: layers });
    const bareClip = join(folder, 'bare.mp4');
    const ourClip = join(objects, keys.clip(plan, CLIP));

    const ours: { cpu: number; wall: number }[] = [];
    const bare: { cpu: number; wall: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await rm(join(objects, keys.postDocument(plan)), { force: true }); // otherwise nothing is rendered
      ours.push(await measured(async () => void (await renderClip(request))));
      bare.push(await measured(() => bareFfmpeg(plan, composite, objects, bareClip, outputOptions(composite, plan.tier))));
    }
    await cp(ourClip, join(folder, 'ours.mp4'));
    const [ourFrames, bareFrames] = [await frameCount(ourClip), await frameCount(bareClip)];
    return {
      figures: {
        cpuRatio: rounded(median(ours.map(({ cpu }, round) => cpu / bare[round]!.cpu))),
        ourCpuSeconds: rounded(median(ours.map(({ cpu }) => cpu)), 2),
        bareCpuSeconds: rounded(median(bare.map(({ cpu }) => cpu)), 2),
        ourWallSeconds: rounded(median(ours.map(({ wall }) => wall)), 1),
        bareWallSeconds: rounded(median(bare.map(({ wall }) => wall)), 1),
        frames: ourFrames,
        framesApart: Math.abs(ourFrames - bareFrames) + Math.abs(ourFrames - plan.frames),
        psnrDb: await psnr(ourClip, bareClip),
      },
      // Two encodes of the same picture at this rate factor differ by about 45 dB; a layer in a wrong place gives under 30.
      goals: { cpuRatio: { atMost: 1.1 }, framesApart: { atMost: 0 }, psnrDb: { atLeast: 40 } },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function frameCount(clip: string): Promise<number> {
  const { stderr } = await execute(FFMPEG, [
    '-nostdin',
    '-hide_banner',
    '-f',
    'mp4',
    '-i',
    clip,
    '-map',
    '0:v',
    '-c',
    'copy',
    '-f',
    'null',
    '-',
  ]);
  // Said again every half second; the last one is the count.
  return Number([...stderr.matchAll(/frame=\s*(\d+)/g)].at(-1)?.[1] ?? 0);
}

async function psnr(a: string, b: string): Promise<number> {
  const { stderr } = await execute(FFMPEG, [
    ...['-nostdin', '-hide_banner', '-f', 'mp4', '-i', a, '-f', 'mp4', '-i', b, '-lavfi', '[0:v][1:v]psnr', '-f', 'null', '-'],
  ]);
  return Number(/average:([\d.]+)/.exec(stderr)?.[1] ?? 0);
}
