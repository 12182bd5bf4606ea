import sharp from 'sharp';
import { drawText, type Fonts, type Raster, type TextStyle } from './text.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const rawOf = ({ width, height }: Size) => ({ raw: { width, height, channels: 4 as const } });

/** A picture scaled once, with Lanczos, to exactly `size`. Its pixels are the uploaded ones, never drawn anew. */
export async function scaledPicture(png: Uint8Array, size: Size): Promise<Raster> {
  const { data, info } = await sharp(png)
    .toColourspace('srgb')
    .ensureAlpha()
    .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

export interface Shadow {
  /** Offset down and softness (Gaussian sigma), in pixels; opacity 0..1. */
  readonly drop: number;
  readonly softness: number;
  readonly opacity: number;
}

/** The picture in the middle of a clear canvas, over its own soft shadow. The canvas must have room for both. */
export async function onShadow(picture: Raster, canvas: Size, shadow: Shadow): Promise<Raster> {
  const left = Math.floor((canvas.width - picture.width) / 2);
  const top = Math.floor((canvas.height - picture.height) / 2);
  // A shadow is black: only its opacity is drawn and softened, a quarter of the work of a picture.
  const cast = Buffer.alloc(canvas.width * canvas.height);
  for (let y = 0; y < picture.height; y++) {
    const row = (top + shadow.drop + y) * canvas.width + left;
    for (let x = 0; x < picture.width; x++)
      cast[row + x] = Math.round((picture.pixels[(y * picture.width + x) * 4 + 3] ?? 0) * shadow.opacity);
  }
  const soft = await sharp(cast, { raw: { width: canvas.width, height: canvas.height, channels: 1 } })
    .blur(Math.max(0.3, shadow.softness))
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const pixels = Buffer.alloc(canvas.width * canvas.height * 4);
  for (let at = 0; at < soft.length; at++) pixels[at * 4 + 3] = soft[at] ?? 0;
  for (let y = 0; y < picture.height; y++)
    layOver(pixels, ((top + y) * canvas.width + left) * 4, picture.pixels.subarray(y * picture.width * 4, (y + 1) * picture.width * 4));
  return { ...canvas, pixels };
}

/** Lays one row of a picture over black of some opacity (straight alpha, Porter and Duff's "over"), from byte `at` on. */
function layOver(canvas: Buffer, at: number, row: Uint8Array): void {
  for (let from = 0; from < row.length; from += 4) {
    const alpha = row[from + 3] ?? 0;
    if (alpha === 0) continue;
    const to = at + from;
    const together = alpha + ((canvas[to + 3] ?? 0) * (255 - alpha)) / 255;
    const share = alpha / together;
    for (let channel = 0; channel < 3; channel++) canvas[to + channel] = Math.round((row[from + channel] ?? 0) * share);
    canvas[to + 3] = Math.round(together);
  }
}

export interface CaptionDrawing {
  /** The shaded part of the frame: it fades to nothing over `fade` pixels at its `open` side. */
  readonly scrim: Size & { readonly open: 'top' | 'right' | 'bottom'; readonly fade: number };
  /** Where the words go, from the top left of the scrim. */
  readonly place: Size & { readonly x: number; readonly y: number };
  readonly align: TextStyle['align'];
  /** Largest and smallest letters, in pixels. */
  readonly largest: number;
  readonly smallest: number;
  readonly ink: { readonly text: string; readonly bar: string; readonly shade: string; readonly shadeAlpha: number };
}

/** Height of the brand bar, its distance to the words and its length, as shares of the letters' largest size. */
const BAR = { height: 0.11, gap: 0.42, length: 1.1 };

/** Words over a soft shade, with a short brand bar above them. */
export async function drawCaption(words: string, drawing: CaptionDrawing, fonts: Fonts): Promise<Raster> {
  const { scrim, place, ink, align, largest, smallest } = drawing;
  const bar = { width: Math.min(place.width, Math.round(largest * BAR.length)), height: Math.max(2, Math.round(largest * BAR.height)) };
  const gap = Math.round(largest * BAR.gap);
  const room = { width: place.width, height: Math.max(1, place.height - bar.height - gap) };
  const text = await drawText(words, { ...room, largest, smallest, align, color: ink.text, weight: 'bold' }, fonts);

  const block = { width: Math.max(text.width, bar.width), height: bar.height + gap + text.height };
  const left = place.x + (align === 'left' ? 0 : Math.floor((place.width - block.width) / 2));
  const top = place.y + Math.max(0, Math.floor((place.height - block.height) / 2));
  const at = (item: Size) => (align === 'left' ? left : left + Math.floor((block.width - item.width) / 2));
  const pixels = await sharp(shade(scrim, ink), rawOf(scrim))
    .composite([
      { input: { create: { ...bar, channels: 4, background: ink.bar } }, left: at(bar), top },
      { input: Buffer.from(text.pixels), ...rawOf(text), left: at(text), top: top + bar.height + gap },
    ])
    .raw()
    .toBuffer();
  return { width: scrim.width, height: scrim.height, pixels };
}

/** One colour whose opacity falls along a smooth step at the open side. */
function shade({ width, height, open, fade }: CaptionDrawing['scrim'], { shade: color, shadeAlpha }: CaptionDrawing['ink']): Buffer {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16));
  const fromEdge = {
    top: (_: number, y: number) => y,
    right: (x: number) => width - 1 - x,
    bottom: (_: number, y: number) => height - 1 - y,
  }[open];
  const pixels = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = Math.min(1, fromEdge(x, y) / Math.max(1, fade));
      const at = (y * width + x) * 4;
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
      pixels[at + 3] = Math.round(255 * shadeAlpha * along * along * (3 - 2 * along));
    }
  }
  return pixels;
}

/** Darkened corners over the whole frame and the logo in its place: all that never moves, in one layer. */
export async function drawDressing(frame: Size, vignette: number, logo?: Raster & { x: number; y: number }): Promise<Raster> {
  const pixels = Buffer.alloc(frame.width * frame.height * 4);
  for (let y = 0; y < frame.height; y++) {
    const v = (2 * (y + 0.5)) / frame.height - 1;
    for (let x = 0; x < frame.width; x++) {
      const u = (2 * (x + 0.5)) / frame.width - 1;
      // Clear up to 60 % of the way to a corner, then darker with the square of the distance.
      const outside = Math.max(0, Math.sqrt((u * u + v * v) / 2) - 0.6) / 0.4;
      pixels[(y * frame.width + x) * 4 + 3] = Math.round(255 * vignette * outside * outside);
    }
  }
  if (!logo) return { ...frame, pixels };
  const dressed = await sharp(pixels, rawOf(frame))
    .composite([{ input: Buffer.from(logo.pixels), ...rawOf(logo), left: logo.x, top: logo.y }])
    .raw()
    .toBuffer();
  return { ...frame, pixels: dressed };
}
