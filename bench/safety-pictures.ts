import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onnxRuntime } from '#adapters/inference/onnx-runtime';
import { openPictureReader, openPictureVoters } from '#adapters/inference/picture-voters';
import { openTextModel } from '#adapters/inference/text/sentence-model';
import { openClipFrames } from '#adapters/media/clip-frames';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import type { ClipFrames, Raster } from '#domain/ports';
import { wordReaders } from '#domain/safety/brief/word-readers';
import { openSampler, SHORTEST_EVENT } from '#domain/safety/clip/sampling';
import { screenClip } from '#domain/safety/clip/screen-clip';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { patience } from '#lambdas/patience';
import { sampledFrames } from '#lambdas/safety/sampled-frames';
import { filesBelow } from '../tools/bundle/natives.ts';
import { bundle, thisMachine } from '../tools/bundle.ts';
import { chance } from './chance.ts';
import { cpuSeconds } from './cpu-seconds.ts';
import { drawnTexts, folded } from './drawn-text.ts';
import { median, rounded } from './figures.ts';

const root = join(import.meta.dirname, '..');
const models = join(root, '.framewright/models');
/** A typical product clip. */
const CLIP = { frames: 360, fps: 24, width: 1280, height: 720 } as const;
/** Clips with planted events: four rates, lengths from a second to half a minute. */
const PLANTED_CLIPS = 200;
/** Rounds of ours and theirs in turn; the median of their shares is told. Shares of single rounds lie up to a tenth apart. */
const ROUNDS = 20;
/** Frames of the clip on which both are measured. */
const MEASURED_FRAMES = 8;

export interface PictureFigures {
  /** CPU of the bare runtime doing exactly the inferences that the voters and the reader ask for, over their whole CPU. */
  readonly shareOfBareRuntime: number;
  readonly sampledShare: number;
  readonly plantedFound: number;
  /** Opening all models at the first look. */
  readonly coldLoadMs: number;
  /** Code and native libraries of the function, without models. */
  readonly functionGzipMb: number;
  readonly ocrHitShare: number;
  /** Wall and CPU of the whole screening of 15 s of 1280x720, decoding included. */
  readonly wallSecondsFor15s: number;
  readonly cpuSecondsFor15s: number;
}

export async function measurePictures(): Promise<PictureFigures> {
  const functionGzipMb = await functionSize();
  const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-pictures-'));
  try {
    const clip = drawClip(folder);
    const frames = await someFrames(clip);
    const coldLoadMs = await coldLoad(frames);
    const shareOfBareRuntime = await againstBareRuntime(frames);
    const whole = await screened(clip);
    return {
      shareOfBareRuntime,
      ...plantedEvents(),
      coldLoadMs,
      functionGzipMb,
      ocrHitShare: await hitShare(),
      wallSecondsFor15s: rounded(whole.wall),
      cpuSecondsFor15s: rounded(whole.cpu),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A photo that slowly comes nearer: every frame differs from the one before. */
function drawClip(folder: string): string {
  const file = join(folder, 'clip.mp4');
  const { frames, fps, width, height } = CLIP;
  const zoom = `zoompan=z='1+0.0005*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${frames}:s=${width}x${height}:fps=${fps}`;
  const photo = join(root, 'test/fixtures/photos/rocket.jpg');
  const encode = ['-frames:v', String(frames), '-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', file];
  execFileSync(join(root, '.framewright/media/ffmpeg'), ['-v', 'error', '-i', photo, '-vf', zoom, ...encode]);
  return file;
}

function openFrames(file: string): ClipFrames {
  const artifacts = { ...openMemoryArtifactStore(), download: async (_: unknown, to: string) => copyFileSync(file, to) };
  return openClipFrames({ ffmpeg: join(root, '.framewright/media/ffmpeg'), artifacts });
}

async function* samples(file: string, choose: (picture: Raster) => boolean) {
  const clip = { ref: { bucket: 'bench', key: 'clip.mp4', sha256: '0'.repeat(64), bytes: 1 }, output: CLIP };
  for await (const { picture } of openFrames(file).sample(clip, choose)) yield picture;
}

async function someFrames(file: string): Promise<Raster[]> {
  const every = Math.floor(CLIP.frames / MEASURED_FRAMES);
  const frames: Raster[] = [];
  let seen = 0;
  for await (const picture of samples(file, () => seen++ % every === 0)) frames.push(picture);
  return frames;
}

/** What a voter or a reader has seen it remembers: another picture in between makes it look again. */
const AWAY: Raster = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(128) };

async function lookAt(pictures: readonly Raster[]): Promise<void> {
  const reader = openPictureReader(models);
  for (const picture of pictures) {
    await reader.read(picture);
    for (const voter of openedVoters()) await voter.look(picture);
  }
}
let voters: ReturnType<typeof openPictureVoters> | undefined;
/** As the door of clips opens them (lambdas/safety/screen-clip.ts). */
const openedVoters = () => {
  voters ??= openPictureVoters(models, 'words');
  return voters;
};

async function coldLoad([first, second]: readonly Raster[]): Promise<number> {
  const [before, after] = [first ?? AWAY, second ?? AWAY];
  const started = performance.now();
  await lookAt([before]);
  const opened = performance.now();
  await lookAt([AWAY, after]);
  return Math.round(opened - started - (performance.now() - opened) / 2);
}

/**
 * Every inference of a look is written down with its tensors and done again with nothing around it, on the same sessions. The two take turns
 * picture by picture: whatever else the machine does in those tenths of a second weighs on both.
 */
async function againstBareRuntime(frames: readonly Raster[]): Promise<number> {
  const pairs: { readonly picture: Raster; readonly inferences: (() => Promise<unknown>)[] }[] = [];
  await lookAt([AWAY]);
  for (const picture of frames) pairs.push({ picture, inferences: await inferencesOf(() => lookAt([picture])) });
  const shares: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let [ours, bare] = [0, 0];
    for (const { picture, inferences } of pairs) {
      const start = cpuSeconds();
      await lookAt([picture]);
      const between = cpuSeconds();
      for (const infer of inferences) await infer();
      ours += between - start;
      bare += cpuSeconds() - between;
    }
    shares.push(bare / ours);
  }
  return rounded(median(shares));
}

async function inferencesOf(look: () => Promise<void>): Promise<(() => Promise<unknown>)[]> {
  const { InferenceSession } = await onnxRuntime();
  const prototype = Object.getPrototypeOf(await InferenceSession.create(join(models, 'nsfw-mobilenet.onnx')));
  const { run } = prototype;
  const inferences: (() => Promise<unknown>)[] = [];
  prototype.run = function (...given: unknown[]) {
    inferences.push(() => run.apply(this, given));
    return run.apply(this, given);
  };
  await look();
  prototype.run = run;
  return inferences;
}

/** The whole clip under the policy of the release: who looks how often is part of what it costs. */
async function screened(file: string): Promise<{ wall: number; cpu: number }> {
  await lookAt([AWAY]);
  const policy = effectivePolicy();
  const panel = {
    text: wordReaders(policy.lexicon, openTextModel(models)),
    pictures: openedVoters(),
    reader: openPictureReader(models),
    patience: patience(600),
  };
  const { frames, fps, width, height } = CLIP;
  const ref = { bucket: 'bench', key: 'clip.mp4', sha256: '0'.repeat(64), bytes: 1 };
  const clip = { ref, output: { width, height, fps }, frames, seconds: frames / fps };
  const [wall, cpu] = [performance.now(), cpuSeconds()];
  const verdict = await screenClip(
    clip,
    { clips: [clip], poster: ref, contactSheet: ref },
    { frames: sampledFrames(openFrames(file)), panel, known: async () => () => false },
    policy,
    { campaign: 'bench', now: '2026-11-27T00:00:00.000Z' },
  );
  if (verdict.verdict !== 'allow') throw new Error(`expected a harmless clip to pass, found ${JSON.stringify(verdict.reasons)}`);
  return { wall: (performance.now() - wall) / 1000, cpu: cpuSeconds() - cpu };
}

/** Events of a quarter of a second, at random and back to back, in clips that change at random otherwise. */
function plantedEvents(): { sampledShare: number; plantedFound: number } {
  const { uniform } = chance(3);
  let [frames, chosen, planted, found] = [0, 0, 0, 0];
  for (let clip = 0; clip < PLANTED_CLIPS; clip++) {
    const fps = [12, 24, 25, 30][clip % 4] ?? 24;
    const length = Math.max(3, Math.floor(fps * (0.4 + 30 * uniform())));
    const lasts = Math.floor(fps * SHORTEST_EVENT);
    const sampler = openSampler({ frames: length, fps });
    for (let frame = 0; frame < length; frame++) {
      const colour = Math.floor(uniform() * (clip % 2 ? 40 : 256));
      sampler.choose({ width: 2, height: 2, channels: 3, data: new Uint8Array(12).fill(colour) });
    }
    for (let start = Math.floor(uniform() * lasts); start + lasts <= length; start += lasts) {
      planted++;
      if (sampler.chosen.some((frame) => frame >= start && frame < start + lasts)) found++;
    }
    frames += length;
    chosen += sampler.chosen.length;
  }
  return { sampledShare: rounded(chosen / frames), plantedFound: found / planted };
}

async function hitShare(): Promise<number> {
  const reader = openPictureReader(models);
  let [count, hits] = [0, 0];
  for await (const { picture, text } of drawnTexts()) {
    count++;
    if (folded((await reader.read(picture)).map((line) => line.text).join(' ')).includes(folded(text))) hits++;
  }
  return rounded(hits / count);
}

async function functionSize(): Promise<number> {
  await bundle(root, thisMachine());
  const folder = join(root, 'dist/lambdas/safety/screen-clip');
  return rounded(filesBelow(folder).reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0) / 1e6, 1);
}
