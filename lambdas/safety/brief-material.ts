import type { ArtifactRef } from '#contracts/artifact';
import type { Prep } from '#contracts/prep';
import type { ArtifactStore, PictureCodec } from '#domain/ports';
import { flattened } from '#domain/prep/alpha';
import { LONG_SIDE } from '#domain/prep/limits';
import { jpegsOf, spread } from '#domain/safety/brief/keyframes';
import type { BriefPicture } from '#domain/safety/brief/screen-brief';
import type { Gap } from '#domain/safety/router';

export interface MaterialNeighbours {
  readonly artifacts: ArtifactStore;
  readonly pictures: PictureCodec;
}

/** Keyframes come one a second. A reference sets the mood and is never shown, so of a long one every fifth second is looked at. */
const MOST_KEYFRAMES = 60;
/** Reading takes six times as long as looking. */
const MOST_KEYFRAMES_READ = 15;

/** The product photo and the logo as they will be shown: prep made them. A logo is seen on white and on black, since it may be either colour. */
export function shownPictures(prep: Prep, { artifacts, pictures }: MaterialNeighbours): BriefPicture[] {
  const open = (ref: ArtifactRef, longSide: number, ground?: number) => async () =>
    flattened(await pictures.decode(await artifacts.get(ref), longSide), ground);
  const { photo, logo } = prep;
  return [
    { name: 'product.photo', read: true, shown: photo.ref.sha256, open: open(photo.ref, LONG_SIDE.photo) },
    ...(logo
      ? [
          { name: 'brand.logo', read: true, shown: logo.ref.sha256, open: open(logo.ref, LONG_SIDE.logo) },
          { name: 'brand.logo on black', read: true, shown: logo.ref.sha256, open: open(logo.ref, LONG_SIDE.logo, 0) },
        ]
      : []),
  ];
}

/** The keyframes of the reference, a frame a second. A file that cannot be taken apart is a gap: somebody has to look at it. */
export async function keyframes(
  { reference }: Prep,
  { artifacts, pictures }: MaterialNeighbours,
): Promise<{ pictures: BriefPicture[]; gaps: Gap[] }> {
  if (!reference) return { pictures: [], gaps: [] };
  try {
    const chosen = spread(jpegsOf(await artifacts.get(reference.keyframes)), MOST_KEYFRAMES);
    if (chosen.length === 0) throw new RangeError('expected keyframes, found none');
    const read = new Set(spread(chosen, MOST_KEYFRAMES_READ).map(({ value }) => value.index));
    return {
      pictures: chosen.map(({ index, value }) => ({
        name: `reference at ${index} s`,
        read: read.has(index),
        open: async () => flattened(await pictures.decode(value, LONG_SIDE.photo)),
      })),
      gaps: [],
    };
  } catch (error) {
    return { pictures: [], gaps: [{ who: 'reference', why: error instanceof Error ? error.message : String(error) }] };
  }
}
