import type * as z from 'zod';
import type { ProductMask } from '#contracts/prep';
import type { PictureCodec, ProductSegmenter, Raster } from '#domain/ports';
import { flattened, hasMeaningfulAlpha } from './alpha.ts';
import { judgeMask } from './mask-confidence.ts';
import { channelOf, type Plane } from './plane.ts';
import { fitSize, refineMask } from './refine-mask.ts';

/** Side of the segmenter's picture and mask, in pixels (`ProductSegmenter`). */
const SIDE = 320;

export interface FoundProduct {
  /** The size of the photo, 0..1. */
  readonly mask: Plane;
  readonly verdict: z.infer<typeof ProductMask>;
}

/**
 * The product in an RGBA photo: the photo's own alpha where somebody has cut it out already, else the segmenter's mask refined along
 * the colours of the photo. Confidence is judged on the segmenter's own mask: refinement hardens doubt as well.
 */
export async function findProduct(
  photo: Raster,
  { pictures, segmenter }: { pictures: PictureCodec; segmenter: ProductSegmenter },
): Promise<FoundProduct> {
  if (hasMeaningfulAlpha(photo)) {
    const mask = channelOf(photo.data, 4, 3, photo);
    return { mask, verdict: judgeMask(mask, 'alpha') };
  }
  const opaque = flattened(photo);
  const { mask } = await segmenter.mask((await pictures.resize(opaque, SIDE, SIDE)).data);
  const coarse = channelOf(mask, 1, 0, { width: SIDE, height: SIDE });
  const { width, height } = fitSize(opaque);
  return {
    mask: refineMask(coarse, opaque, await pictures.resize(opaque, width, height)),
    verdict: judgeMask(coarse, 'u2netp'),
  };
}
