import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { frameStream } from '#adapters/media/frames';
import { PlanDocument } from '#contracts/plan';
import { seamKeeper } from '#domain/post/seams';
import { rawInput } from '../containers/post/encode.ts';
import { plateFrames } from '../containers/post/plates.ts';
import { cpuSeconds } from './cpu-seconds.ts';
import { folderStore } from './folder-store.ts';
import type { OneClip } from './joined-plates.ts';
import { FFMPEG } from './sample-render.ts';

/** Sends the plates of one clip into ffmpeg, as the post stage does, and tells the parent what that took and how the seams came out. */
const [objects = '', planFile = ''] = process.argv.slice(2);
const plan = PlanDocument.parse(JSON.parse(await readFile(planFile, 'utf8')));
const ffmpeg = openFfmpeg({ ffmpeg: FFMPEG });
const workDirectory = await mkdtemp(join(tmpdir(), 'framewright-bench-plates-'));
const { signal } = new AbortController();
const seams = seamKeeper(plan.plate, Number.POSITIVE_INFINITY); // hard cuts are to be measured, not refused
let frames = 0;
async function* counted(plates: AsyncIterable<Uint8Array>) {
  for await (const plate of plates) {
    frames++;
    yield plate;
  }
}

const before = cpuSeconds();
const plates = counted(plateFrames({ plan, store: folderStore(objects), ffmpeg, workDirectory, seams, signal }));
const input = { source: frameStream(plates), options: rawInput('yuv420p', plan.plate, plan.fps) };
await ffmpeg.run({ purpose: 'take plates', inputs: [input], output: ['-f', 'null'] }, '-');
const told: OneClip = {
  cpuSeconds: cpuSeconds() - before,
  peakMiB: process.resourceUsage().maxRSS / 1024,
  frames,
  seams: seams.report(),
};
await rm(workDirectory, { recursive: true });
process.send?.(told);
process.disconnect?.();
