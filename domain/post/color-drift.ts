import { distance, lightOf, type Oklab, oklabOfLight } from '#domain/color/oklab';

/** Mean Y, U and V of pictures, BT.709 in video range. */
export type MeanColor = readonly [y: number, u: number, v: number];

/**
 * Distance of two mean colours in OKLab (Ottosson 2020), where equal steps look about equally large: 0.02 is a step that is just seen between
 * two flat fields side by side, 1 is black to white. The mean of the coded values is taken as the colour, which is exact for flat pictures.
 */
export const colorDistance = (a: MeanColor, b: MeanColor): number => distance(oklabOf(a), oklabOf(b));

/** ITU-R BT.709 matrix, video range; light as a display shows it, which for these clips is sRGB. */
function oklabOf([y, u, v]: MeanColor): Oklab {
  const luma = (y - 16) / 219;
  const [blue, red] = [(u - 128) / 224, (v - 128) / 224];
  const light = (coded: number): number => lightOf(Math.min(1, Math.max(0, coded)));
  return oklabOfLight(light(luma + 1.5748 * red), light(luma - 0.1873 * blue - 0.4681 * red), light(luma + 1.8556 * blue));
}
