import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { PlanDocument } from '#contracts/plan';
import { Prep } from '#contracts/prep';
import { contractViolated } from '#domain/errors';
import type { ArtifactStore, PictureCodec, Raster } from '#domain/ports';

interface ReferenceRequest {
  /** The message's `prep` as JSON. */
  readonly prep: string | undefined;
  readonly plate: PlanDocument['plate'];
  readonly store: Pick<ArtifactStore, 'get'>;
  readonly codec: Pick<PictureCodec, 'decode' | 'resize'>;
  readonly scratch: string;
}

/** The product's cutout on white, as large as the plate lets it be, in the form that worker/pictures.py reads. Returns the file. */
export async function productReference({ prep, plate, store, codec, scratch }: ReferenceRequest): Promise<string | undefined> {
  if (prep === undefined) return undefined;
  const { success, data, error } = Prep.safeParse(json(prep));
  if (!success) throw contractViolated('FRAMEWRIGHT_PREP', z.prettifyError(error));
  const { ref, width, height } = data.cutout;
  const scale = Math.min(plate.width / width, plate.height / height);
  const decoded = await codec.decode(await store.get(ref), Math.max(width, height));
  const product = await codec.resize(decoded, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const file = join(scratch, 'reference');
  await writeFile(file, Buffer.concat([Buffer.from(`${JSON.stringify({ ...plate, frames: 1 })}\n`), onWhite(product, plate)]));
  return file;
}

/** RGB of the plate's size with the RGBA picture in its middle. */
function onWhite(product: Raster, { width, height }: PlanDocument['plate']): Uint8Array {
  const rgb = new Uint8Array(width * height * 3).fill(255);
  const left = Math.floor((width - product.width) / 2);
  const top = Math.floor((height - product.height) / 2);
  for (let y = 0; y < product.height; y++)
    for (let x = 0; x < product.width; x++) {
      const from = (y * product.width + x) * 4;
      const to = ((y + top) * width + x + left) * 3;
      const alpha = (product.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++)
        rgb[to + channel] = Math.round((product.data[from + channel] ?? 0) * alpha + 255 * (1 - alpha));
    }
  return rgb;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
