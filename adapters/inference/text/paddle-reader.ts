import { readFile } from 'node:fs/promises';
import type { PictureReader, Raster, WrittenLine } from '#domain/ports';
import { type Model, type ModelOptions, openModel } from '../onnx-session.ts';
import { type Manner, type Region, scaled, whole } from '../pictures/scale.ts';
import { linesOf } from './boxes.ts';
import { lettersOf, textOf } from './letters.ts';

/** Lines are looked for at up to this many pixels a side (at 640 the search costs a quarter more), and read from the whole picture. */
const LONG_SIDE = 576;
/** The detector halves its map five times. */
const MULTIPLE = 32;
/** Means and deviations of ImageNet, which were meant for red, green and blue; the detector was trained with them on blue, green and red. */
const DETECTED: Manner = {
  colours: 'bgr',
  by: 'planes',
  less: [255 * 0.406, 255 * 0.456, 255 * 0.485],
  over: [255 * 0.225, 255 * 0.224, 255 * 0.229],
};
/** Blue, green and red from -1 to 1. */
const READ: Manner = { colours: 'bgr', by: 'planes', less: [127.5, 127.5, 127.5], over: [127.5, 127.5, 127.5] };

/** Height of a strip, and the narrowest and widest that the reader is shown. */
const STRIP = 48;
const NARROWEST = 48;
const WIDEST = 1_280;
/** A strip this much taller than wide is a line turned by a quarter. */
const UPRIGHT = 1.5;
/** Less sure than this, it is texture that looks like letters (`docs/guides/safety-voters.md`). */
export const READABLE = 0.75;
/** The most lines a frame is read for, widest first: a page of text is known from its first lines. */
const MOST_LINES = 24;

export interface ReaderFiles {
  readonly detector: string;
  readonly reader: string;
  readonly letters: string;
}

/** PP-OCRv4 (PaddleOCR, Apache-2.0): Latin and Chinese letters, digits and signs. */
export function openPaddleReader(files: ReaderFiles, options?: ModelOptions): PictureReader {
  const detector = openModel(files.detector, { ...options, keepsMemory: true });
  const reader = openModel(files.reader, options);
  let letters: Promise<readonly string[]> | undefined;
  return {
    id: 'paddle-ocr-4@1',
    async read(picture) {
      letters ??= readFile(files.letters, 'utf8').then(lettersOf);
      const known = await letters;
      const lines: WrittenLine[] = [];
      for (const region of await detected(picture, detector)) {
        const { text, confidence } = await read(picture, region, reader, known);
        if (text !== '' && confidence >= READABLE) lines.push({ text, confidence, box: boxOf(region, picture) });
      }
      return lines;
    },
  };
}

/** Regions of the picture that hold a line each, from top to bottom. */
async function detected(picture: Raster, detector: Model): Promise<Region[]> {
  const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
  const whole32 = (size: number): number => Math.max(MULTIPLE, Math.round((size * scale) / MULTIPLE) * MULTIPLE);
  const [width, height] = [whole32(picture.width), whole32(picture.height)];
  const map = await detector(scaled(picture, width, height, { manner: DETECTED }), [1, 3, height, width]);
  const [across, down] = [picture.width / width, picture.height / height];
  return linesOf(map, width, height)
    .toSorted((one, other) => other.width * other.height - one.width * one.height)
    .slice(0, MOST_LINES)
    .toSorted((one, other) => one.top - other.top || one.left - other.left)
    .map(({ left, top, ...size }) => ({ left: left * across, top: top * down, width: size.width * across, height: size.height * down }));
}

async function read(picture: Raster, region: Region, reader: Model, letters: readonly string[]) {
  const upright = region.height > region.width * UPRIGHT;
  const [long, short] = upright ? [region.height, region.width] : [region.width, region.height];
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.ceil((long / short) * STRIP)));
  const strip = upright
    ? turned(scaled(picture, STRIP, width, { region, manner: READ }), STRIP, width)
    : scaled(picture, width, STRIP, { region, manner: READ });
  return textOf(await reader(strip, [1, 3, STRIP, width]), letters);
}

/** A quarter turn: what read from top to bottom reads from left to right. */
function turned(planes: Float32Array, width: number, height: number): Float32Array {
  const area = width * height;
  const values = new Float32Array(planes.length);
  for (let plane = 0; plane < 3; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) values[plane * area + (width - 1 - x) * height + y] = planes[plane * area + y * width + x]!;
  return values;
}

function boxOf({ left, top, width, height }: Region, picture: Raster): WrittenLine['box'] {
  const all = whole(picture);
  const share = (part: number, of: number): number => Math.min(1, Math.max(0, part / of));
  return { x: share(left, all.width), y: share(top, all.height), width: share(width, all.width), height: share(height, all.height) };
}
