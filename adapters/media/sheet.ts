import sharp from 'sharp';
import { drawText, type Fonts } from './text.ts';

/** One frame of a clip, RGB, row by row. */
export interface ClipFrame {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const rawOf = ({ width, height }: ClipFrame) => ({ raw: { width, height, channels: 3 as const } });

/** Width of the copies that are measured, for every clip, so that sharpness does not depend on the output's size. */
export const MEASURED_WIDTH = 480;

/** Mean square of the Laplacian of luma. Made small first, since greying all of a frame costs four times as much. */
export function sharpnessOf({ width, height, rgb: data }: ClipFrame): number {
  const luma = new Float32Array(width * height);
  for (let at = 0; at < luma.length; at++)
    luma[at] = 0.2126 * (data[at * 3] ?? 0) + 0.7152 * (data[at * 3 + 1] ?? 0) + 0.0722 * (data[at * 3 + 2] ?? 0); // BT.709
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const edge = 4 * (luma[at] ?? 0) - (luma[at - 1] ?? 0) - (luma[at + 1] ?? 0) - (luma[at - width] ?? 0) - (luma[at + width] ?? 0);
      sum += edge * edge;
    }
  }
  return sum / Math.max(1, (width - 2) * (height - 2));
}

export const pngOf = (frame: ClipFrame): Promise<Buffer> => sharp(frame.rgb, rawOf(frame)).png({ compressionLevel: 6 }).toBuffer();

export interface SheetCell {
  readonly picture: ClipFrame;
  readonly label: string;
}

/** Cells are 320 px on their long side: four of them side by side fit a laptop's window. */
export const CELL_SIDE = 320;
const COLUMNS = 4;
const GAP = 16;
const LABEL_HEIGHT = 30;
const LABEL_LETTERS = 17;
const PAPER = '#15161a';
const WORDS = '#d7d9e0';

/** A frame as it lies on the sheet. */
export async function cellPicture(frame: ClipFrame): Promise<ClipFrame> {
  const { data, info } = await sharp(frame.rgb, rawOf(frame))
    .resize(CELL_SIDE, CELL_SIDE, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

/** A PNG grid of at most four columns, each picture with its label below. */
export async function drawSheet(cells: readonly SheetCell[], fonts: Fonts): Promise<Buffer> {
  const [first] = cells;
  if (!first) throw new RangeError('expected at least one frame for the contact sheet, found none');
  const { width, height } = first.picture;
  const columns = Math.min(COLUMNS, cells.length);
  const rows = Math.ceil(cells.length / columns);
  const step = { x: width + GAP, y: height + LABEL_HEIGHT + GAP };
  const placed = await Promise.all(
    cells.map(async ({ picture, label }, index) => {
      const left = GAP + (index % columns) * step.x;
      const top = GAP + Math.floor(index / columns) * step.y;
      const words = await drawText(
        label,
        {
          width,
          height: LABEL_HEIGHT,
          largest: LABEL_LETTERS,
          smallest: LABEL_LETTERS / 2,
          color: WORDS,
          align: 'left',
          weight: 'semibold',
        },
        fonts,
      );
      const raw = { width: words.width, height: words.height, channels: 4 as const };
      return [
        { input: Buffer.from(picture.rgb), ...rawOf(picture), left, top },
        { input: Buffer.from(words.pixels), raw, left, top: top + height + Math.floor((LABEL_HEIGHT - words.height) / 2) },
      ];
    }),
  );
  return sharp({ create: { width: GAP + columns * step.x, height: GAP + rows * step.y, channels: 3, background: PAPER } })
    .composite(placed.flat())
    .png()
    .toBuffer();
}
