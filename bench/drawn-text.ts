import type { Raster } from '#domain/ports';
import { photo, photos } from './photos.ts';

const TEXTS = ['Vote for Jane Doe', 'Summer sale 50% off', 'Guns for sale', 'Fresh coffee daily'] as const;
/** Pixels of a frame of 360: the smallest that PP-OCRv4 was made for to a headline. */
const SIZES = [16, 22, 32, 48] as const;
const STYLES = [
  { fill: '#ffffff', weight: 400 },
  { fill: '#ffffff', weight: 700 },
  { fill: '#101010', weight: 700 },
  { fill: '#ffdd33', weight: 700 },
  { fill: '#66e0ff', weight: 400 },
] as const;
/** WCAG 2 asks for 3 to 1 for large text; less is not meant to be read. */
const LEGIBLE = 3;
const LEFT = 40;

export interface DrawnText {
  readonly picture: Raster;
  readonly text: string;
  readonly name: string;
}

/** Text over photos in several sizes, weights and colours: every place where a person can read all of it. */
export async function* drawnTexts(texts: readonly string[] = TEXTS): AsyncGenerator<DrawnText> {
  for (const file of photos) {
    const bare = await photo(file);
    for (const text of texts)
      for (const size of SIZES)
        for (const { fill, weight } of STYLES) {
          const base = size < 30 ? 310 : 200;
          if (!isLegible(bare, fill, { left: LEFT, top: base - size, width: Math.round(text.length * size * 0.62), height: size }))
            continue;
          const shape = `<text x="${LEFT}" y="${base}" font-family="sans-serif" font-size="${size}" font-weight="${weight}" fill="${fill}">${text}</text>`;
          yield { picture: await photo(file, shape), text, name: `${file} ${size} px ${fill} ${weight}: ${text}` };
        }
  }
}

/** Letters and digits without case and spaces; 0 and o, 1, l and i look alike in most faces. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/0/g, 'o')
    .replace(/[1l]/g, 'i');

/** The contrast is enough behind every letter, not only on average. */
function isLegible(picture: Raster, fill: string, at: { left: number; top: number; width: number; height: number }): boolean {
  const ink = luminance([1, 3, 5].map((digit) => Number.parseInt(fill.slice(digit, digit + 2), 16)));
  for (let left = at.left; left < at.left + at.width; left += at.height) {
    let [sum, count] = [0, 0];
    for (let y = at.top; y < at.top + at.height; y++)
      for (let x = left; x < Math.min(picture.width, left + at.height); x++) {
        sum += luminance([...picture.data.subarray((y * picture.width + x) * 3, (y * picture.width + x) * 3 + 3)]);
        count++;
      }
    const ground = sum / Math.max(1, count);
    if ((Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) < LEGIBLE) return false;
  }
  return true;
}

/** Relative luminance of sRGB, as WCAG 2 defines it. */
function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
