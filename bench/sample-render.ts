import { join } from 'node:path';
import sharp from 'sharp';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { installedFonts } from '#adapters/media/text';
import type { ArtifactRef } from '#contracts/artifact';
import { Brief } from '#contracts/brief';
import { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import type { Tier } from '#contracts/stages';
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

const drawn = Component.parse(animatic);
/** The animatic's pictures in windows of the default component's shape: 31 frames, the first 7 shared with the window before. */
const likeTheDefault: Component = {
  ...drawn,
  motion: drawn.motion && {
    ...drawn.motion,
    ...{ windowFrames: { min: 31, max: 31 }, frameQuantum: 2, overlapFrames: 7, continues: 'context' },
  },
};

interface Storyboard extends Sample {
  readonly frames: readonly { readonly description: string; readonly camera: string; readonly caption?: string }[];
  readonly tier: Tier;
  readonly component?: Component;
  /** Last digits of the job's name, for plans that lie side by side. */
  readonly job?: string;
}

function planOf({ frames, seconds, width, height, tier, component = likeTheDefault, job: name = '' }: Storyboard): PlanDocument {
  const brief = Brief.parse({
    schema: 'framewright/brief/v1',
    tenant: 'bench',
    campaign: 'bench',
    product: { name: 'Espresso', photo: 'assets/coffee.png' },
    storyboard: frames.map((frame) => ({ ...frame, seconds: seconds / frames.length })),
    brand: { palette: ['#3b1d12', '#c0392b', '#f4d9b0'] },
    outputs: [{ width, height, fps: 24 }],
  });
  const job = { jobId: `bench_${name.padStart(24, '0')}`, tenant: 'bench' };
  return planDocument({ job, tier, brief, photoPalette: ['#8a3b1e'], component });
}

/** The storyboard of the example, repeated until the clip is long enough: three captions in four shots. */
export function samplePlan({ seconds, width, height }: Sample): PlanDocument {
  const shots = [
    { description: 'Warm morning light and soft bokeh', camera: 'push-in', caption: 'Roasted this morning' },
    { description: 'Slow waves of cream', camera: 'pan-left', caption: 'Slow pressure, deep crema, nothing else in the cup' },
    { description: 'A sweep of light across a dark table', camera: 'orbit' },
    { description: 'Rays of sun', camera: 'pull-out', caption: 'Spring blend. In shops now.' },
  ] as const;
  const count = Math.ceil(seconds / 3.75 / shots.length); // shots of about 3.75 s, as in the example
  return planOf({ frames: Array.from({ length: count }, () => shots).flat(), seconds, width, height, tier: 'final' });
}

/** `shots` shots of `seconds` each with the same picture, at a preview's plate size: only windows matter here. */
export const repeatedPlan = (shots: number, seconds: number): PlanDocument =>
  planOf({
    frames: Array.from({ length: shots }, () => ({ description: 'Slow waves of cream', camera: 'pan-left' as const })),
    ...{ seconds: shots * seconds, width: 640, height: 360, tier: 'preview' as const },
  });

const MOTIFS = ['Slow waves of cream', 'Soft bokeh in warm light', 'Snow falls', 'Rays of sun', 'Ripples on water', 'Dust in the light'];

/** `shots` shots of `seconds` each, a motif after another, at a preview's plate size, for the component that is to make them. */
export const variedPlan = (component: Component, shots: number, seconds: number): PlanDocument =>
  planOf({
    frames: Array.from({ length: shots }, (_, shot) => ({ description: MOTIFS[shot % MOTIFS.length] ?? '', camera: 'pan-left' as const })),
    ...{ component, job: String(shots * seconds), seconds: shots * seconds, width: 640, height: 360, tier: 'preview' as const },
  });

export interface Drawing {
  /** Only so many shots are drawn; the others take their windows in turn. All are drawn when left out. */
  readonly drawnShots?: number;
  /** What becomes of a frame of the shot's n-th window. */
  readonly change?: (frame: Uint8Array, window: number) => Uint8Array;
}

/** Every window of the plan, drawn by the real component and stored as the generate stage stores it. */
export async function drawWindows(
  store: ArtifactStore,
  plan: PlanDocument,
  scratch: string,
  { drawnShots = plan.shots.length, change = (frame) => frame }: Drawing = {},
): Promise<void> {
  const backend = animaticBackend();
  const file = join(scratch, 'window.nut');
  const uploaded = new Map<string, ArtifactRef>();
  for (const shot of plan.shots) {
    for (const [index, window] of shot.windows.entries()) {
      const name = `${shot.index % drawnShots}/${index}`;
      let frames = uploaded.get(name);
      if (!frames) {
        await writeNut({ ffmpeg: FFMPEG, file, fps: plan.fps, ...plan.plate }, async (write) => {
          const sink = (frame: Uint8Array) => write(change(frame, index));
          await backend.generate({ shot, window, plate: plan.plate, fps: plan.fps }, sink, new AbortController().signal);
        });
        frames = await store.upload(keys.window(plan, shot, window), file);
        uploaded.set(name, frames);
      }
      const manifest = {
        ...{ schema: 'framewright/window/v1', jobId: plan.jobId, tier: plan.tier, shot: shot.index, window, component: plan.component },
        ...{ frames, frameCount: window.end - window.start, ...plan.plate, decodedSha256: frames.sha256 },
      };
      await store.put(keys.windowManifest(plan, shot, window), canonicalJson(manifest));
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
