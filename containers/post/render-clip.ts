import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import type { Ffmpeg } from '#adapters/media/ffmpeg';
import type { Fonts } from '#adapters/media/text';
import type { OutputSize } from '#contracts/brief';
import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import { type Clip, PostDocument, type Seams } from '#contracts/post';
import type { Prep } from '#contracts/prep';
import { contractViolated } from '#domain/errors';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';
import { postProblem } from '#domain/post/post-problem';
import { renderedSize } from '#domain/post/rendered-size';
import { seamKeeper } from '#domain/post/seams';
import { writeBed } from '../audio/bed.ts';
import { drawLayers, type Pictures } from './draw-layers.ts';
import { encodeClip } from './encode.ts';
import { plateFrames } from './plates.ts';
import { type Samples, sampleClip } from './sample-clip.ts';

export interface RenderRequest {
  readonly plan: PlanDocument;
  readonly prep: Pick<z.infer<typeof Prep>, 'cutout' | 'logo'>;
  readonly store: ArtifactStore;
  /** An empty folder of this attempt's own. */
  readonly workDirectory: string;
  readonly ffmpeg: Ffmpeg;
  readonly fonts: Fonts;
  /** Percent of the whole visit, 0..100. */
  readonly onProgress: (percent: number) => void;
  readonly signal: AbortSignal;
}

/** Encoding is nearly all of the work; what is left is for poster, sheet and uploads. */
const ENCODING_PERCENT = 95;

/**
 * Makes every output of the plan, the master first, then poster, contact sheet and the document that says they are done.
 * When that document is already there and fits the plan, nothing is rendered. Throws the signal's reason when interrupted.
 */
export async function renderClip(request: RenderRequest): Promise<PostDocument> {
  const { plan, store, workDirectory, ffmpeg, fonts, signal, onProgress } = request;
  const done = await finishedBefore(request);
  if (done) return done;

  const pictures = await readPictures(request);
  const bed = await writeBed(plan, join(workDirectory, 'bed.pcm'));
  const clips: Clip[] = [];
  let samples: Samples | undefined;
  let seams: Seams | undefined;
  for (const [index, wanted] of plan.outputs.entries()) {
    signal.throwIfAborted();
    const output = renderedSize(wanted, plan.tier);
    const folder = join(workDirectory, `output-${index}`);
    await mkdir(folder, { recursive: true });
    const target = join(folder, 'clip.mp4');
    const keeper = seamKeeper(plan.plate);
    const plates = counted(plateFrames({ plan, store, ffmpeg, workDirectory: folder, seams: keeper, signal }), (frames) =>
      onProgress((ENCODING_PERCENT * (index + frames / plan.frames)) / plan.outputs.length),
    );
    const composite = await drawLayers({ plan, size: output, pictures, fonts, folder });
    await encodeClip(ffmpeg, { composite, bed, tier: plan.tier, plates, workDirectory: folder, signal }, target);
    seams ??= keeper.report(); // every output has the same plates
    samples ??= await sampleClip(ffmpeg, { file: target, size: output }, plan, fonts, signal);
    clips.push(await uploadClip(request, target, output));
    await rm(folder, { recursive: true });
  }
  await rm(bed.file);
  if (!samples || !seams) throw contractViolated('plan.outputs', 'expected at least one output, found none');

  const { jobId, tier, template } = plan;
  const document: PostDocument = {
    schema: 'framewright/post/v1',
    jobId,
    tier,
    template,
    clips,
    poster: await store.put(keys.poster(plan), samples.poster, 'image/png'),
    contactSheet: await store.put(keys.contactSheet(plan), samples.contactSheet, 'image/png'),
    seams,
  };
  signal.throwIfAborted();
  await store.put(keys.postDocument(plan), canonicalJson(document), 'application/json');
  onProgress(100);
  return document;
}

async function finishedBefore({ plan, store, onProgress }: RenderRequest): Promise<PostDocument | undefined> {
  const found = await store.find(keys.postDocument(plan));
  const document = found && PostDocument.safeParse(JSON.parse(new TextDecoder().decode(found.body)));
  if (!document?.success || postProblem(document.data, plan) !== undefined) return undefined;
  onProgress(100);
  return document.data;
}

async function readPictures({ prep, store }: RenderRequest): Promise<Pictures> {
  const { cutout, logo } = prep;
  return {
    cutout: { png: await store.get(cutout.ref), width: cutout.width, height: cutout.height },
    logo: logo && { png: await store.get(logo.ref), width: logo.width, height: logo.height },
  };
}

async function uploadClip({ plan, store }: RenderRequest, file: string, output: z.infer<typeof OutputSize>): Promise<Clip> {
  const ref = await store.upload(keys.clip(plan, output), file, 'video/mp4');
  return { ref, output, frames: plan.frames, seconds: plan.frames / plan.fps };
}

async function* counted(frames: AsyncIterable<Uint8Array>, tell: (count: number) => void): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const frame of frames) {
    yield frame;
    tell(++count);
  }
}
