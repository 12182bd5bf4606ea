import { join } from 'node:path';
import sharp from 'sharp';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { installedFonts } from '#adapters/media/text';
import { Brief } from '#contracts/brief';
import { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import { planDocument } from '#domain/plan/plan-document';
import type { ArtifactStore } from '#domain/ports';
import { animaticBackend } from '../containers/animatic/animatic-backend.ts';
import animatic from '../containers/animatic/component.json' with { type: 'json' };
import { writeNut } from '../containers/harness/nut-writer.ts';
import type { RenderRequest } from '../containers/post/render-clip.ts';

const project = join(import.meta.dirname, '..');
export const FFMPEG = join(project, '.framewright/media/ffmpeg');
const PHOTO = join(project, 'examples/briefs/coffee-spring/assets/coffee.png');

export interface Sample {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
}

/** The storyboard of the example, repeated until the clip is long enough: three captions in four shots. */
export function samplePlan({ seconds, width, height }: Sample): PlanDocument {
  const shots = [
    { description: 'Warm morning light and soft bokeh', camera: 'push-in', caption: 'Roasted this morning' },
    { description: 'Slow waves of cream', camera: 'pan-left', caption: 'Slow pressure, deep crema, nothing else in the cup' },
    { description: 'A sweep of light across a dark table', camera: 'orbit' },
    { description: 'Rays of sun', camera: 'pull-out', caption: 'Spring blend. In shops now.' },
  ];
  const count = Math.ceil(seconds / 3.75 / shots.length) * shots.length; // shots of about 3.75 s, as in the example
  const brief = Brief.parse({
    schema: 'framewright/brief/v1',
    tenant: 'bench',
    campaign: 'bench',
    product: { name: 'Espresso', photo: 'assets/coffee.png' },
    storyboard: Array.from({ length: count }, (_, index) => ({ ...shots[index % shots.length], seconds: seconds / count })),
    brand: { palette: ['#3b1d12', '#c0392b', '#f4d9b0'] },
    outputs: [{ width, height, fps: 24 }],
  });
  const job = { jobId: `bench_${'0'.repeat(24)}`, tenant: 'bench' };
  return planDocument({ job, tier: 'final', brief, photoPalette: ['#8a3b1e'], component: Component.parse(animatic) });
}

/** Every window of the plan, drawn by the real component and stored as the generate stage stores it. */
export async function drawWindows(store: ArtifactStore, plan: PlanDocument, scratch: string): Promise<void> {
  const backend = animaticBackend();
  const file = join(scratch, 'window.nut');
  for (const shot of plan.shots) {
    for (const window of shot.windows) {
      await writeNut({ ffmpeg: FFMPEG, file, fps: plan.fps, ...plan.plate }, async (write) => {
        await backend.generate({ shot, window, plate: plan.plate, fps: plan.fps }, write, new AbortController().signal);
      });
      const frames = await store.upload(keys.window(plan.tenant, plan.jobId, plan.tier, shot.index, window), file);
      const manifest = {
        ...{ schema: 'framewright/window/v1', jobId: plan.jobId, tier: plan.tier, shot: shot.index, window, component: plan.component },
        ...{ frames, frameCount: window.end - window.start, ...plan.plate, decodedSha256: frames.sha256 },
      };
      await store.put(keys.windowManifest(plan.tenant, plan.jobId, plan.tier, shot.index, window), canonicalJson(manifest));
    }
  }
}

/** A render of `plan` with the example's photo, cut out by an ellipse: what the mask looks like does not change the work. */
export async function sampleRequest(store: ArtifactStore, plan: PlanDocument, workDirectory: string): Promise<RenderRequest> {
  const size = { width: 412, height: 372 };
  const ellipse = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="412" height="372"><ellipse cx="206" cy="186" rx="204" ry="184"/></svg>',
  );
  const cutout = await sharp(PHOTO)
    .extract({ left: 72, top: 16, ...size })
    .ensureAlpha()
    .composite([{ input: ellipse, blend: 'dest-in' }])
    .png()
    .toBuffer();
  return {
    plan,
    prep: { cutout: { ref: await store.put('cutout.png', cutout), ...size } },
    store,
    workDirectory,
    ffmpeg: openFfmpeg({ ffmpeg: FFMPEG }),
    fonts: installedFonts(),
    onProgress: () => {},
    signal: new AbortController().signal,
  };
}
