/** What a file is, told from its first bytes; names and content types are claims, bytes are facts. */
export type MediaKind = PictureKind | ReferenceKind;

export const PICTURE_KINDS = ['png', 'jpeg', 'webp'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];
/** The first two hold a film or a recording, the others a recording. */
export const REFERENCE_KINDS = ['mp4', 'matroska', 'wav', 'mp3', 'ogg'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** Major brands of files that hold a film or a recording. The same box starts HEIC and AVIF pictures, which are not on the list. */
const FILM_BRANDS = new Set([
  ...['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V ', 'M4VH', 'MSNV', 'dash', 'qt  '],
  'M4A ',
]);

/** Matroska and WebM share the EBML magic; the document type stands within the first header. */
const EBML_HEADER_BYTES = 64;

/** Eleven ones, MPEG 1 or 2, layer III: how a frame begins where no ID3 tag comes first. */
const MP3_FRAME = /^\xff[\xf2\xf3\xfa\xfb]/;

/** Files that people or attackers send instead, by how they start, so that the refusal can name them. */
const OTHER_STARTS: readonly (readonly [string, string])[] = [
  ['GIF8', 'a GIF'],
  ['#EXTM3U', 'an HLS playlist'],
  ['ffconcat', 'an ffmpeg concat script'],
  ['%PDF-', 'a PDF'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['BM', 'a BMP'],
  ['II*\0', 'a TIFF'],
  ['MM\0*', 'a TIFF'],
  ['\x7fELF', 'a program'],
  ['MZ', 'a program'],
  ['RIFF', 'a RIFF file that is neither WebP nor WAV'],
];
/** Markup hides its kind behind declarations and comments; the first of these that occurs names it. */
const OTHER_MARKUP: readonly (readonly [RegExp, string])[] = [
  [/<svg/i, 'an SVG'],
  [/<MPD/, 'a DASH manifest'],
  [/<(!doctype )?html/i, 'an HTML page'],
  [/<\?xml/i, 'an XML document'],
];

/** The media kind of these bytes, or what they seem to be instead. */
export function sniff(bytes: Uint8Array): { kind: MediaKind } | { found: string } {
  const head = latin1(bytes.subarray(0, 512));
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'png' };
  if (head.startsWith('\xff\xd8\xff')) return { kind: 'jpeg' };
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return { kind: 'webp' };
  if (head.slice(4, 8) === 'ftyp') {
    const brand = head.slice(8, 12);
    return FILM_BRANDS.has(brand) ? { kind: 'mp4' } : { found: `an ISO media file of brand ${JSON.stringify(brand)}` };
  }
  if (head.startsWith('\x1a\x45\xdf\xa3')) {
    const header = head.slice(0, EBML_HEADER_BYTES);
    return header.includes('webm') || header.includes('matroska') ? { kind: 'matroska' } : { found: 'an EBML file of another type' };
  }
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WAVE') return { kind: 'wav' };
  if (head.startsWith('OggS')) return { kind: 'ogg' };
  if (head.startsWith('ID3') || MP3_FRAME.test(head)) return { kind: 'mp3' };
  if (bytes.length === 0) return { found: 'an empty file' };
  const other =
    OTHER_STARTS.find(([start]) => head.startsWith(start)) ??
    (head.trimStart().startsWith('<') ? OTHER_MARKUP.find(([mark]) => mark.test(head)) : undefined);
  return { found: other?.[1] ?? `bytes that start with ${hex(bytes.subarray(0, 8))}` };
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
