import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { PlanDocument } from '#contracts/plan';
import { Prep } from '#contracts/prep';
import { contractViolated } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';

const run = promisify(execFile);

interface ReferenceRequest {
  /** The message's `prep` as JSON. */
  readonly prep: string | undefined;
  readonly plate: PlanDocument['plate'];
  readonly store: Pick<ArtifactStore, 'download'>;
  readonly ffmpeg: string;
  readonly scratch: string;
}

/** The product's cutout on white, as large as the plate lets it be, in the form that worker/pictures.py reads. Returns the file. */
export async function productReference({ prep, plate, store, ffmpeg, scratch }: ReferenceRequest): Promise<string | undefined> {
  if (prep === undefined) return undefined;
  const { success, data, error } = Prep.safeParse(json(prep));
  if (!success) throw contractViolated('FRAMEWRIGHT_PREP', z.prettifyError(error));
  const { width, height } = plate;
  const png = join(scratch, 'cutout.png');
  const raw = join(scratch, 'cutout.rgb');
  const reference = join(scratch, 'reference');
  await store.download(data.cutout.ref, png);
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease`;
  await run(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'png_pipe', '-i', `file:${png}`],
    ...['-filter_complex', `color=white:size=${width}x${height}[w];[0]${fit}[p];[w][p]overlay=(W-w)/2:(H-h)/2:format=gbrp`],
    ...['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', `file:${raw}`],
  ]);
  const header = Buffer.from(`${JSON.stringify({ width, height, frames: 1 })}\n`);
  await writeFile(reference, Buffer.concat([header, await readFile(raw)]));
  for (const file of [png, raw]) await rm(file);
  return reference;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
