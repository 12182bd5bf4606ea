import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { installedFonts } from '#adapters/media/text';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { keys } from '#contracts/keys';
import { PlanDocument } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import { planWindows } from '#domain/plan/windows';
import { writeNut } from '../../../containers/harness/nut-writer.ts';
import type { RenderRequest } from '../../../containers/post/render-clip.ts';

const media = join(import.meta.dirname, '../../../.framewright/media');
export const FFMPEG = join(media, 'ffmpeg');
export const FFPROBE = join(media, 'ffprobe');
export const fonts = installedFonts();

export interface TinyShot {
  readonly frames: number;
  readonly caption?: string;
  readonly camera?: PlanDocument['shots'][number]['camera'];
}

/** A plan of a few short shots; windows of 16 frames with 4 shared. */
export function tinyPlan(shots: readonly TinyShot[], changes: Partial<PlanDocument> = {}): PlanDocument {
  let start = 0;
  return PlanDocument.parse({
    schema: 'framewright/plan/v1',
    jobId: 'acme_0123456789abcdef01234567',
    tenant: 'acme',
    tier: 'final',
    template: 'product-hero',
    component: { id: 'animatic', version: '1.0.0' },
    fps: 24,
    plate: { width: 160, height: 90 },
    outputs: [{ width: 320, height: 180, fps: 24 }],
    frames: shots.reduce((sum, { frames }) => sum + frames, 0),
    overlapFrames: 4,
    shots: shots.map(({ frames, caption, camera }, index) => {
      const shot = {
        index,
        start,
        frames,
        prompt: { text: 'light', tokens: ['light'] },
        words: 'slow light',
        motif: 'gradient',
        colors: ['#20150f', '#c0392b', '#f4d9b0'],
        camera: camera ?? 'push-in',
        ...(caption === undefined ? {} : { caption }),
        seed: index,
        windows: planWindows(frames, { frames: 16, overlap: 4 }).map((span) => ({ ...span, seed: index })),
      };
      start += frames;
      return shot;
    }),
    ...changes,
  });
}

/** A plate with a gradient and a bright bar that moves with the clip's frame number: a lost or doubled frame shows. */
export function plateFrame({ width, height }: { width: number; height: number }, frame: number): Uint8Array {
  const bytes = new Uint8Array((width * height * 3) / 2).fill(128);
  const bar = (frame * 3) % width;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      bytes[y * width + x] = Math.abs(x - bar) < 4 ? 200 : 40 + Math.floor((60 * x) / width) + Math.floor((40 * y) / height);
  return bytes;
}

/** Puts every window of the plan into the store as the generate stage would. */
export async function putWindows(store: MemoryArtifactStore, plan: PlanDocument): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tiny-windows-'));
  for (const shot of plan.shots) {
    for (const window of shot.windows) {
      const file = join(folder, 'window.nut');
      await writeNut({ ffmpeg: FFMPEG, file, fps: plan.fps, ...plan.plate }, async (write) => {
        for (let frame = window.start; frame < window.end; frame++) await write(plateFrame(plan.plate, shot.start + frame));
      });
      const frames = await store.upload(keys.window(plan, shot, window), file);
      const manifest = {
        schema: 'framewright/window/v1',
        jobId: plan.jobId,
        tier: plan.tier,
        shot: shot.index,
        window,
        component: plan.component,
        frames,
        frameCount: window.end - window.start,
        ...plan.plate,
        decodedSha256: createHash('sha256').update(file).digest('hex'),
      };
      await store.put(keys.windowManifest(plan, shot, window), canonicalJson(manifest));
    }
  }
  await rm(folder, { recursive: true });
}

/** A red disc on nothing and a small logo, as prep would leave them. */
export async function putPictures(store: MemoryArtifactStore): Promise<RenderRequest['prep']> {
  const disc = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="100"><ellipse cx="60" cy="50" rx="60" ry="50" fill="#e01010"/></svg>',
  );
  const logo = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20" fill="#ffffff"/></svg>',
  );
  return {
    cutout: { ref: await store.put('cutout.png', await sharp(disc).png().toBuffer()), width: 120, height: 100 },
    logo: { ref: await store.put('logo.png', await sharp(logo).png().toBuffer()), width: 80, height: 20 },
  };
}

export interface TinyRender {
  readonly request: RenderRequest;
  readonly store: MemoryArtifactStore;
  readonly percents: number[];
  dispose(): Promise<void>;
}

/** Everything a render needs, in memory and one scratch folder. */
export async function tinyRender(plan: PlanDocument, signal: AbortSignal = new AbortController().signal): Promise<TinyRender> {
  const store = openMemoryArtifactStore();
  await putWindows(store, plan);
  const workDirectory = await mkdtemp(join(tmpdir(), 'tiny-render-'));
  const percents: number[] = [];
  return {
    store,
    percents,
    request: {
      plan,
      prep: await putPictures(store),
      store,
      workDirectory,
      ffmpeg: openFfmpeg({ ffmpeg: FFMPEG }),
      fonts,
      onProgress: (percent) => percents.push(percent),
      signal,
    },
    dispose: () => rm(workDirectory, { recursive: true, force: true }),
  };
}
