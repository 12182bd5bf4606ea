/** A colour in OKLab (Ottosson 2020): distances in it are close to what people see. L is 0..1, a and b about -0.4..0.4. */
export type Oklab = readonly [L: number, a: number, b: number];

/** sRGB bytes to OKLab. */
export const toOklab = (red: number, green: number, blue: number): Oklab =>
  oklabOfLight(LINEAR[red] ?? 0, LINEAR[green] ?? 0, LINEAR[blue] ?? 0);

/** Linear light of the sRGB primaries, 0..1 each, to OKLab. */
export function oklabOfLight(r: number, g: number, b: number): Oklab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** `#rrggbb` to OKLab. */
export function oklabOf(hex: string): Oklab {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return toOklab(channel(1), channel(3), channel(5));
}

/** OKLab to the nearest `#rrggbb` inside sRGB. */
export function toHex([L, a, b]: Oklab): string {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${channels.map((linear) => gamma(linear).toString(16).padStart(2, '0')).join('')}`;
}

export const distance = (one: Oklab, other: Oklab): number => Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);

/** sRGB's transfer function (IEC 61966-2-1): coded 0..1 to linear light 0..1. */
export const lightOf = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const LINEAR = Array.from({ length: 256 }, (_, byte) => lightOf(byte / 255));

function gamma(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
}
