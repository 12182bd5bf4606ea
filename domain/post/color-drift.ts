/** Mean Y, U and V of pictures, BT.709 in video range. */
export type MeanColor = readonly [y: number, u: number, v: number];

/**
 * Distance of two mean colours in OKLab (Ottosson 2020), where equal steps look about equally large: 0.02 is a step that is just seen between
 * two flat fields side by side, 1 is black to white. The mean of the coded values is taken as the colour, which is exact for flat pictures.
 */
export function colorDistance(a: MeanColor, b: MeanColor): number {
  const [first, second] = [okLab(a), okLab(b)];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

type Triple = readonly [number, number, number];

function okLab(color: MeanColor): Triple {
  const [red, green, blue] = linear(color);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}

/** ITU-R BT.709 matrix, video range; light as a display shows it, which for these clips is sRGB. */
function linear([y, u, v]: MeanColor): Triple {
  const luma = (y - 16) / 219;
  const [blue, red] = [(u - 128) / 224, (v - 128) / 224];
  const light = (coded: number): number => {
    const value = Math.min(1, Math.max(0, coded));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [light(luma + 1.5748 * red), light(luma - 0.1873 * blue - 0.4681 * red), light(luma + 1.8556 * blue)];
}
