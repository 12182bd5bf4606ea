import type { Raster } from '#domain/ports';
import { type Guide, guidedUpsample } from './guided-filter.ts';
import { keepLargeIslands } from './islands.ts';
import { boxMean, channelOf, map, type Plane, smoothstep, stretch } from './plane.ts';

/** The model of colour and mask is fitted at most at this long side, about three pixels for one of the network's. */
const FIT_LONG_SIDE = 1024;
/** Neighbourhood where the network drew a sharp edge, in its own pixels: such an edge is right within two of them. */
const SHARP_REACH = 2;
/** Where the network hesitates over a wide zone, colours from further away must tell product from background. */
const HESITANT_REACH = 7;
/** A half-sure pixel (0.75) teaches a sixteenth of what a sure one does. */
const TRUST_POWER = 4;
/** Colour variance of a flat surface: a step of 1 % of full scale. Smaller lets texture print through the mask. */
const FLAT = 1e-4;
/** The guided edge is a little wide; what is under a fifth is background haze. */
const HAZE = 0.2;
const SOLID = 0.88;
/** Islands under a fiftieth of the product are specks. */
const SPECK = 0.02;

/**
 * Brings the network's small mask to the size of the photo. Near its edge the mask follows the colours of the photo; away from the
 * edge the network is trusted, so that a highlight on a cup does not become a hole.
 */
export function refineMask(coarse: Plane, photo: Raster, shrunk: Raster): Plane {
  const guide = guideOf(photo);
  const fitted = stretch(coarse, shrunk.width, shrunk.height);
  const pixel = Math.max(shrunk.width, shrunk.height) / coarse.width; // one pixel of the network, in fitted pixels
  const trust = trustOf(fitted, Math.max(1, Math.round(pixel)));
  const follow = (reach: number) =>
    guidedUpsample({ mask: fitted, guide: guideOf(shrunk), trust }, guide, Math.max(2, Math.round(reach * pixel)), FLAT);
  const [sharp, wide] = [follow(SHARP_REACH), follow(HESITANT_REACH)];
  const hesitant = stretch(hesitation(fitted, Math.round(SHARP_REACH * pixel)), photo.width, photo.height);
  const near = stretch(edgeZone(fitted, Math.round(SHARP_REACH * pixel)), photo.width, photo.height);
  const trusted = stretch(fitted, photo.width, photo.height);
  const mixed = map(sharp, (value) => value);
  for (let i = 0; i < mixed.data.length; i++) {
    const followed = mix(sharp.data[i]!, wide.data[i]!, hesitant.data[i]!);
    mixed.data[i] = mix(trusted.data[i]!, followed, Math.max(near.data[i]!, hesitant.data[i]!));
  }
  return keepLargeIslands(
    map(mixed, (value) => smoothstep(HAZE, SOLID, value)),
    SPECK,
  );
}

/** Size at which the model is fitted for a photo of this size. */
export function fitSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, FIT_LONG_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Least weight of a pixel: a neighbourhood in which the network knows nothing still has a mean. */
const LEAST_TRUST = 0.01;

/** Much where the network is clear and its neighbours agree, little on and beside its edge: there the colours must tell. */
const trustOf = (mask: Plane, radius: number): Plane =>
  map(boxMean(mask, radius), (value) => LEAST_TRUST + Math.abs(2 * value - 1) ** TRUST_POWER);

/** Where pixels between clearly out and clearly in fill a zone instead of a line: 0 on sharp edges, 1 in the middle of such a zone. */
const hesitation = (mask: Plane, radius: number): Plane =>
  map(
    boxMean(
      map(mask, (value) => (value > 0.05 && value < 0.95 ? 1 : 0)),
      radius,
    ),
    (share) => smoothstep(0.55, 0.85, share),
  );

const mix = (one: number, other: number, share: number): number => one + (other - one) * share;

/** 1 within `radius` of the mask's edge, 0 twice as far away. */
function edgeZone(mask: Plane, radius: number): Plane {
  const around = boxMean(
    map(mask, (value) => (value >= 0.5 ? 1 : 0)),
    radius,
  );
  const edge = map(around, (share) => (share > 0.01 && share < 0.99 ? 1 : 0));
  return boxMean(edge, Math.max(1, radius >> 1));
}

const guideOf = (raster: Raster): Guide => [
  channelOf(raster.data, raster.channels, 0, raster),
  channelOf(raster.data, raster.channels, 1, raster),
  channelOf(raster.data, raster.channels, 2, raster),
];
