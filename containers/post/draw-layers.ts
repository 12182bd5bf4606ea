import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawCaption, drawDressing, onShadow, scaledPicture } from '#adapters/media/layers';
import type { Fonts, Raster } from '#adapters/media/text';
import type { PlanDocument, Shot } from '#contracts/plan';
import { captionInk } from '#domain/post/caption-ink';
import { grades } from '#domain/post/grade';
import { type Box, type Composition, centred, compositionOf, fitted, layoutOf } from '#domain/post/layout';
import { ROOM, swept } from '#domain/post/motion';
import type { Size } from '#domain/post/rendered-size';
import type { CaptionLayer, Composite, Layer, ProductLayer } from './graph.ts';

/** PNG bytes of what prep cut out, with their sizes. */
export interface Pictures {
  readonly cutout: { readonly png: Uint8Array } & Size;
  readonly logo?: ({ readonly png: Uint8Array } & Size) | undefined;
}

export interface Drawing {
  readonly plan: PlanDocument;
  readonly size: Size;
  readonly pictures: Pictures;
  readonly fonts: Fonts;
  /** Layers are written here; names do not clash between outputs because each output has a folder of its own. */
  readonly folder: string;
}

/** Shares of the frame's short side. The shadow lies below the product, as under the soft top light the plates are drawn with. */
const SHADOW = { drop: 0.028, softness: 0.022, opacity: 0.5 } as const;
/** A Gaussian has faded after three sigmas. */
const REACH = 3;
/** Letters of a caption, as shares of the frame's short side: a headline beside the product, a line below it; 3.2 % is still read on a phone. */
const LETTERS = { left: 0.105, centre: 0.09, smallest: 0.032 } as const;

/** Draws every picture of one output once, as raw RGBA files, and says how they are laid over the plate. */
export async function drawLayers(drawing: Drawing): Promise<Composite> {
  const { plan, size } = drawing;
  const groups = Map.groupBy(plan.shots, (shot) => compositionOf(shot, size));
  const products: ProductLayer[] = [];
  const captions: CaptionLayer[] = [];
  for (const [composition, shots] of groups) {
    products.push(await productLayer(drawing, composition, shots));
    const worded = shots.filter((shot) => shot.caption !== undefined);
    if (worded.length > 0) captions.push(await captionLayer(drawing, composition, worded));
  }
  return {
    plate: plan.plate,
    size,
    fps: plan.fps,
    frames: plan.frames,
    grade: grades[plan.template],
    dressing: await dressingLayer(drawing),
    products,
    captions,
  };
}

async function productLayer({ size, pictures, folder }: Drawing, composition: Composition, shots: readonly Shot[]): Promise<ProductLayer> {
  const { product: box } = layoutOf(size, composition);
  const unit = Math.min(size.width, size.height);
  const shadow = { drop: Math.round(SHADOW.drop * unit), softness: SHADOW.softness * unit, opacity: SHADOW.opacity };
  const picture = await scaledPicture(pictures.cutout.png, fitted(pictures.cutout, box, ROOM));
  const reach = Math.ceil(REACH * shadow.softness) + shadow.drop;
  const { width, height } = swept(picture, box);
  const canvas = even({ width: width + 2 * reach, height: height + 2 * reach });
  const drawn = await onShadow(picture, canvas, shadow);
  return { ...(await write(folder, `product-${composition}`, drawn, evenPlace(centred(canvas, box)))), box, shots };
}

async function captionLayer(
  { plan, size, fonts, folder }: Drawing,
  composition: Composition,
  shots: readonly Shot[],
): Promise<CaptionLayer> {
  const { caption, align, scrim } = layoutOf(size, composition);
  const unit = Math.min(size.width, size.height);
  const letters = { largest: LETTERS[align] * unit, smallest: LETTERS.smallest * unit };
  const place = { ...caption, x: caption.x - scrim.x, y: caption.y - scrim.y };
  const drawn: Raster[] = [];
  for (const shot of shots)
    drawn.push(await drawCaption(shot.caption ?? '', { scrim, place, align, ink: captionInk(shot.colors), ...letters }, fonts));
  const [first] = drawn;
  if (!first) throw new RangeError('expected at least one shot with words, found none');
  // Something must be there at frame 0 and at the end of the clip: the first and the last picture, hidden by the overlay's own times.
  const pictures = [first, ...drawn, ...drawn.slice(-1)];
  const track = { width: first.width, height: first.height, pixels: Buffer.concat(pictures.map(({ pixels }) => pixels)) };
  return {
    ...(await write(folder, `captions-${composition}`, track, scrim)),
    appears: [0, ...shots.map(({ start }) => start), plan.frames],
    stretches: shots,
  };
}

async function dressingLayer({ plan, size, pictures, folder }: Drawing): Promise<Layer> {
  const { vignette } = grades[plan.template];
  if (!pictures.logo) return write(folder, 'dressing', await drawDressing(size, vignette), { x: 0, y: 0 });
  const box = layoutOf(size, 'alone').logo;
  const small = fitted(pictures.logo, box);
  const logo = await scaledPicture(pictures.logo.png, small);
  const place = { x: box.x, y: box.y + Math.floor((box.height - small.height) / 2) };
  return write(folder, 'dressing', await drawDressing(size, vignette, { ...logo, ...place }), { x: 0, y: 0 });
}

async function write(folder: string, name: string, { width, height, pixels }: Raster, { x, y }: { x: number; y: number }): Promise<Layer> {
  const file = join(folder, `${name}.rgba`);
  await writeFile(file, pixels);
  return { file, width, height, x, y };
}

const even = ({ width, height }: Size): Size => ({ width: Math.ceil(width / 2) * 2, height: Math.ceil(height / 2) * 2 });
const evenPlace = (box: Box): Box => ({ ...box, x: Math.floor(box.x / 2) * 2, y: Math.floor(box.y / 2) * 2 });
