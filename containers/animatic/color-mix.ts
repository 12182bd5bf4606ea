import { mix, power } from '../pixels/exact-math.ts';
import type { Field } from './field.ts';

/** Colour of every cell as BT.709 video: luma 16..235 and chroma 16..240 around 128, not yet rounded. */
export interface VideoField {
  readonly luma: Float32Array;
  readonly blue: Float32Array;
  readonly red: Float32Array;
}

/** Steps of the transfer table; between 0 and 1 each step is under a quarter of an 8-bit code. */
const STEPS = 4095;
/** Radiance at which the film's shoulder reaches full white; highlights roll off instead of clipping. */
const WHITE = 3.2;
/** How much darker the corners are. Draws the eye to the product in the middle and hides the edge of the light. */
const VIGNETTE = 0.34;

/** Mixes base, accent and light as light adds up (linear), then exposes them like film and encodes them as video. */
export function colorMix(colors: readonly [string, string, string], { width, height }: Field): (field: Field, into: VideoField) => void {
  const [base, accent, light] = colors.map(linearOf);
  if (!base || !accent || !light) throw new RangeError(`expected three colors, found ${colors.length}`);
  const corner = vignette(width, height);

  return (field, into) => {
    for (let index = 0; index < corner.length; index++) {
      const shade = corner[index] ?? 0;
      const b = (field.base[index] ?? 0) * shade;
      const a = (field.accent[index] ?? 0) * shade;
      const l = (field.light[index] ?? 0) * shade;
      const red = encoded(base[0] * b + accent[0] * a + light[0] * l);
      const green = encoded(base[1] * b + accent[1] * a + light[1] * l);
      const blue = encoded(base[2] * b + accent[2] * a + light[2] * l);
      const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      into.luma[index] = 16 + 219 * luma;
      into.blue[index] = 128 + (224 / 1.8556) * (blue - luma);
      into.red[index] = 128 + (224 / 1.5748) * (red - luma);
    }
  };
}

export const videoField = ({ width, height }: Field): VideoField => ({
  luma: new Float32Array(width * height),
  blue: new Float32Array(width * height),
  red: new Float32Array(width * height),
});

/** Film shoulder (Reinhard's curve with a white point), then the sRGB transfer, as a table over radiance 0..WHITE. */
const transfer = Float32Array.from({ length: STEPS + 1 }, (_, step) => {
  // Squared spacing puts the table's steps where the eye has them: in the shadows.
  const radiance = WHITE * (step / STEPS) * (step / STEPS);
  const exposed = (radiance * (1 + radiance / (WHITE * WHITE))) / (1 + radiance);
  return exposed <= 0.0031308 ? 12.92 * exposed : 1.055 * power(exposed, 1 / 2.4) - 0.055;
});

function encoded(radiance: number): number {
  const place = Math.sqrt(Math.min(1, Math.max(0, radiance / WHITE))) * STEPS;
  const step = Math.floor(place);
  return mix(transfer[step] ?? 0, transfer[Math.min(STEPS, step + 1)] ?? 0, place - step);
}

/** Inverse of the shoulder, so that a colour at full amount alone comes out as itself; then sRGB decoding. */
function linearOf(hex: string): [number, number, number] {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    const shown = value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4);
    const half = (WHITE * WHITE * (1 - shown)) / 2;
    return Math.sqrt(half * half + WHITE * WHITE * shown) - half;
  };
  return [channel(1), channel(3), channel(5)];
}

function vignette(width: number, height: number): Float32Array {
  const field = new Float32Array(width * height);
  for (let row = 0, index = 0; row < height; row++) {
    const y = (2 * (row + 0.5)) / height - 1;
    for (let column = 0; column < width; column++, index++) {
      const x = (2 * (column + 0.5)) / width - 1;
      const away = (x * x + y * y) / 2;
      field[index] = 1 - VIGNETTE * away * (0.4 + 0.6 * away);
    }
  }
  return field;
}
