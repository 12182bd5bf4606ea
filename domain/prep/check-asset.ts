import { assetRejected } from '#domain/errors';
import { LIMITS } from './limits.ts';
import { PICTURE_KINDS, type PictureKind, REFERENCE_KINDS, type ReferenceKind, sniff } from './media-kind.ts';
import { type PictureHeader, readPictureHeader } from './picture-header.ts';

/** Where an asset stands in the brief, for the refusal: `product.photo (assets/cup.png)`. */
export type AssetName = string;

export interface PictureLimits {
  readonly bytes: number;
  readonly pixels: number;
  readonly shortSide: number;
}

/** Checks a picture by its bytes and header alone. Throws `Asset.Rejected`; what passes may be given to a decoder. */
export function checkPicture(asset: AssetName, bytes: Uint8Array, limits: PictureLimits): PictureHeader & { kind: PictureKind } {
  checkLength(asset, bytes.byteLength, limits.bytes);
  const seen = sniff(bytes);
  if ('found' in seen) throw assetRejected(asset, 'a PNG, JPEG or WebP picture', seen.found);
  const kind = PICTURE_KINDS.find((candidate) => candidate === seen.kind);
  if (!kind) throw assetRejected(asset, 'a PNG, JPEG or WebP picture', `a ${seen.kind} file`);

  const header = readPictureHeader(kind, bytes);
  if ('found' in header) throw assetRejected(asset, `a single ${kind} picture`, header.found);
  const { width, height } = header;
  if (width * height > limits.pixels)
    throw assetRejected(asset, `at most ${limits.pixels / 1e6} megapixels`, `${width} x ${height} pixels in its header`);
  if (Math.min(width, height) < limits.shortSide)
    throw assetRejected(asset, `at least ${limits.shortSide} pixels on the short side`, `${width} x ${height}`);
  return { kind, width, height };
}

/** Checks a reference by its first bytes; its streams are probed before they are decoded. */
export function checkReference(asset: AssetName, bytes: Uint8Array): ReferenceKind {
  checkLength(asset, bytes.byteLength, LIMITS.reference.bytes);
  const seen = sniff(bytes);
  const kind = 'found' in seen ? undefined : REFERENCE_KINDS.find((candidate) => candidate === seen.kind);
  if (kind) return kind;
  const found = 'found' in seen ? seen.found : `a ${seen.kind} picture`;
  throw assetRejected(asset, 'an MP4, MOV, Matroska or WebM video, or an M4A, MP3, Ogg or WAV recording', found);
}

/** The store knows the length, so that an oversized file is refused unread. */
export function checkLength(asset: AssetName, bytes: number, most: number): void {
  if (bytes > most) throw assetRejected(asset, `at most ${most / 1024 / 1024} MiB`, `${bytes} bytes`);
}
