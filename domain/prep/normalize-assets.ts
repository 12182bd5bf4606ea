import type * as z from 'zod';
import type { AcceptedBrief, IntakeObject, Job } from '#contracts/job';
import { keys } from '#contracts/keys';
import type { Prep } from '#contracts/prep';
import { assetRejected } from '#domain/errors';
import type { ArtifactStore, IntakeStore, PictureCodec, ProductSegmenter, Raster, ReferenceReader } from '#domain/ports';
import { admitReference } from './admit-reference.ts';
import { flattened } from './alpha.ts';
import { checkLength, checkPicture, checkReference, type PictureLimits } from './check-asset.ts';
import { cutOut } from './cutout.ts';
import { LIMITS, LONG_SIDE } from './limits.ts';
import { dominantColors } from './palette.ts';
import { findProduct } from './product-mask.ts';

export interface PrepNeighbours {
  readonly artifacts: ArtifactStore;
  readonly intake: IntakeStore;
  readonly pictures: PictureCodec;
  readonly segmenter: ProductSegmenter;
  readonly references: ReferenceReader;
}

type Prepared = z.infer<typeof Prep>;

/** `contracts/prep.ts` holds at most six colours. */
const COLORS = 6;

/**
 * Checks, decodes and encodes again every asset of the brief, finds the product and leaves it all in the artifacts bucket. The same
 * brief gives the same bytes under the same keys, so doing it twice is the same as doing it once. Throws `Asset.Rejected`.
 */
export async function normalizeAssets(job: Job, accepted: AcceptedBrief, neighbours: PrepNeighbours): Promise<Prepared> {
  const { artifacts, pictures } = neighbours;
  const { product, brand, reference } = accepted.brief;
  const put = (name: string, body: Uint8Array, type: string) => artifacts.put(keys.prep(job.tenant, job.jobId, name), body, type);
  const keep = async (name: string, raster: Raster) => ({
    ref: await put(name, await pictures.png(raster), 'image/png'),
    width: raster.width,
    height: raster.height,
  });

  const decoded = await decode(accepted, product.photo, 'product.photo', LIMITS.photo, LONG_SIDE.photo, neighbours);
  const photo = flattened(decoded);
  const { mask, verdict } = await findProduct(decoded, neighbours);
  const small = withLongSide(photo, LONG_SIDE.thumbnail);
  const logo =
    brand.logo === undefined ? undefined : await decode(accepted, brand.logo, 'brand.logo', LIMITS.logo, LONG_SIDE.logo, neighbours);

  return {
    photo: await keep('photo.png', photo),
    cutout: await keep('cutout.png', cutOut(decoded, mask)),
    thumbnail: await keep('thumbnail.png', await pictures.resize(photo, small.width, small.height)),
    ...(logo && { logo: await keep('logo.png', logo) }),
    mask: verdict,
    photoPalette: dominantColors(await pictures.resize(decoded, small.width, small.height), COLORS),
    ...(reference !== undefined && (await readReference(accepted, reference, neighbours, put))),
  };
}

async function decode(
  accepted: AcceptedBrief,
  key: string,
  role: string,
  limits: PictureLimits,
  longSide: number,
  { intake, pictures }: PrepNeighbours,
): Promise<Raster> {
  const asset = `${role} (${key})`;
  const bytes = await fetchAsset(asset, accepted.assets[key], limits.bytes, intake);
  checkPicture(asset, bytes, limits);
  return pictures.decode(bytes, longSide).catch((error: unknown) => {
    throw assetRejected(asset, 'a picture that decodes to its end', reasonOf(error));
  });
}

async function readReference(
  accepted: AcceptedBrief,
  key: string,
  { intake, references }: PrepNeighbours,
  put: (name: string, body: Uint8Array, type: string) => ReturnType<ArtifactStore['put']>,
): Promise<Pick<Prepared, 'reference' | 'sound'>> {
  const asset = `reference (${key})`;
  const bytes = await fetchAsset(asset, accepted.assets[key], LIMITS.reference.bytes, intake);
  const container = checkReference(asset, bytes);
  const { seconds, picture, keyframes, loudnessLufs, sound } = await references
    .read(bytes, container, (facts) => admitReference(asset, facts))
    .catch((error: unknown) => {
      if (error instanceof RangeError) throw assetRejected(asset, 'a file that decodes', reasonOf(error));
      throw error;
    });
  return {
    ...(picture &&
      keyframes && {
        reference: {
          seconds,
          fps: picture.fps,
          keyframes: await put('reference.mjpeg', keyframes, 'video/x-motion-jpeg'),
          loudnessLufs,
        },
      }),
    ...(sound && { sound: await put('sound.wav', sound, 'audio/wav') }),
  };
}

async function fetchAsset(asset: string, object: IntakeObject | undefined, most: number, intake: IntakeStore): Promise<Uint8Array> {
  if (!object) throw assetRejected(asset, 'an asset that the brief was accepted with', 'none of that name');
  checkLength(asset, object.bytes, most);
  return intake.read(object, most);
}

function withLongSide({ width, height }: Raster, longSide: number): { width: number; height: number } {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
