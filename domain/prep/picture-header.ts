import type { PictureKind } from './media-kind.ts';

export interface PictureHeader {
  /** Pixels as stored, before any EXIF rotation. */
  readonly width: number;
  readonly height: number;
}

/** What a header says, or in words why it cannot be used. Reads bytes only: nothing is decoded here. */
export type HeaderReading = PictureHeader | { readonly found: string };

export function readPictureHeader(kind: PictureKind, bytes: Uint8Array): HeaderReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reading = { png: readPng, jpeg: readJpeg, webp: readWebp }[kind](view);
  if ('found' in reading || (reading.width > 0 && reading.height > 0)) return reading;
  return { found: `a ${kind} of ${reading.width} x ${reading.height} pixels` };
}

const TRUNCATED = { found: 'a header that ends too early' } as const;
const ANIMATED = { found: 'an animation' } as const;

/** PNG: IHDR comes first; `acTL` before the first `IDAT` makes it an animation. */
function readPng(view: DataView): HeaderReading {
  if (view.byteLength < 33) return TRUNCATED;
  if (tag(view, 12) !== 'IHDR' || view.getUint32(8) !== 13) return { found: 'a PNG that does not start with IHDR' };
  for (let at = 33; at + 8 <= view.byteLength; at += view.getUint32(at) + 12) {
    const chunk = tag(view, at + 4);
    if (chunk === 'acTL') return ANIMATED;
    if (chunk === 'IDAT') return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  return { found: 'a PNG without pixels' };
}

/**
 * Scans of a progressive JPEG repeat work over the whole picture, so thousands of them in a small file cost hours.
 * Encoders write about 10; a start-of-scan marker cannot occur inside entropy-coded data.
 */
const MAX_SCANS = 64;
/** Baseline, extended and progressive Huffman coding: what cameras and browsers write. */
const JPEG_PROCESSES = new Set([0xc0, 0xc1, 0xc2]);
/** Frame markers are C0..CF except DHT (C4), JPG (C8) and DAC (CC). */
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

function readJpeg(view: DataView): HeaderReading {
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return { found: `a JPEG with no marker at byte ${at}` };
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker)) return readJpegFrame(view, at, marker);
    if (marker === 0xd9 || marker === 0xda) return { found: 'a JPEG without a frame header' };
    at += 2 + view.getUint16(at + 2);
  }
  return TRUNCATED;
}

function readJpegFrame(view: DataView, at: number, marker: number): HeaderReading {
  if (!JPEG_PROCESSES.has(marker)) return { found: `a JPEG of coding process SOF${marker - 0xc0}` };
  if (at + 9 > view.byteLength) return TRUNCATED;
  const scans = countScans(view);
  if (scans > MAX_SCANS) return { found: `a JPEG of ${scans} scans` };
  return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
}

function countScans(view: DataView): number {
  let scans = 0;
  for (let at = 0; at + 1 < view.byteLength; at++) if (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xda) scans++;
  return scans;
}

/** WebP: lossy (`VP8 `), lossless (`VP8L`) or extended (`VP8X`, whose flags tell an animation). */
function readWebp(view: DataView): HeaderReading {
  if (view.byteLength < 30) return TRUNCATED;
  switch (tag(view, 12)) {
    case 'VP8X':
      if (view.getUint8(20) & 0x02) return ANIMATED;
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 'VP8L': {
      const bits = view.getUint32(21, true); // 14 bits width - 1, then 14 bits height - 1
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return { found: `a WebP that starts with chunk ${JSON.stringify(tag(view, 12))}` };
  }
}

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
