import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Straight-alpha RGBA, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export interface TextStyle {
  /** The words must fit this many pixels. */
  readonly width: number;
  readonly height: number;
  /** Height of the letters' em box to begin with and to stop at, in pixels. */
  readonly largest: number;
  readonly smallest: number;
  readonly color: string;
  readonly align: 'left' | 'centre';
  readonly weight: 'semibold' | 'bold';
}

/** The fonts of @expo-google-fonts/inter (SIL Open Font License 1.1). */
export interface Fonts {
  readonly semibold: string;
  readonly bold: string;
}

const FAMILY = { semibold: 'Inter SemiBold', bold: 'Inter Bold' } as const;
/** Each try is 8 % smaller: eight tries halve the letters. */
const SHRINK = 0.92;

/**
 * Draws words as they are, on nothing: no markup, no escapes, emoji and right-to-left scripts as far as the machine has
 * glyphs for them. Wraps at words, inside a word only when the word alone is too long, and shrinks until everything fits.
 */
export async function drawText(words: string, style: TextStyle, fonts: Fonts): Promise<Raster> {
  let size = style.largest;
  for (;;) {
    const drawn = await attempt(words, size, style, fonts);
    if (drawn.width <= style.width && drawn.height <= style.height) return balanced(drawn, words, size, style, fonts);
    if (size <= style.smallest) return shrunk(drawn, style);
    size = Math.max(style.smallest, size * SHRINK);
  }
}

/** Narrower lines, in steps of this share, as long as they stay as many: no word is left alone on the last line. */
const NARROWER = 0.07;

async function balanced(fitting: Raster, words: string, size: number, style: TextStyle, fonts: Fonts): Promise<Raster> {
  let best = fitting;
  // Lines shorter than half of the widest could only be had with more of them.
  for (let share = 1 - NARROWER; share > 0.5; share -= NARROWER) {
    const tried = await attempt(words, size, { ...style, width: fitting.width * share }, fonts);
    if (tried.height > fitting.height || tried.width > fitting.width * share) break;
    best = tried;
  }
  return best;
}

async function attempt(words: string, size: number, style: TextStyle, fonts: Fonts): Promise<Raster> {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${style.color}">${escaped(words)}</span>`,
      font: `${FAMILY[style.weight]} ${size.toFixed(2)}`,
      fontfile: fonts[style.weight],
      width: Math.floor(style.width),
      align: style.align,
      wrap: 'word-char',
      dpi: 72, // one point is one pixel
      rgba: true,
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

/** Words that do not fit even at the smallest size become a smaller picture: small print is better than a cut word. */
async function shrunk(drawn: Raster, { width, height }: TextStyle): Promise<Raster> {
  const { data, info } = await sharp(drawn.pixels, { raw: { width: drawn.width, height: drawn.height, channels: 4 } })
    .resize(Math.floor(width), Math.floor(height), { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

/** The text engine reads markup: what has a meaning there is written as a character reference. */
const escaped = (words: string): string => words.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const FILES = { semibold: '600SemiBold', bold: '700Bold' } as const;

/** The fonts in a folder of a bundle, all side by side. */
export const fontsIn = (folder: string): Fonts => ({
  semibold: join(folder, `Inter_${FILES.semibold}.ttf`),
  bold: join(folder, `Inter_${FILES.bold}.ttf`),
});

/** The fonts where npm installed them. */
export function installedFonts(): Fonts {
  const installed = (weight: string): string =>
    fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`));
  return { semibold: installed(FILES.semibold), bold: installed(FILES.bold) };
}
