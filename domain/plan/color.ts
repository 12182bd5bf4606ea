/** Linear-light red, green and blue, each 0..1: the space in which light adds up. */
export type Linear = readonly [number, number, number];

/** IEC 61966-2-1 (sRGB) decoding of one channel, 0..255 to 0..1. */
const toLinear = (byte: number): number => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const toByte = (light: number): number => {
  const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, value)) * 255);
};

export function linearOf(hex: string): Linear {
  const channel = (at: number): number => toLinear(Number.parseInt(hex.slice(at, at + 2), 16));
  return [channel(1), channel(3), channel(5)];
}

export const hexOf = (color: Linear): string => `#${color.map((light) => toByte(light).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance of WCAG 2.2, 0 (black) to 1 (white). */
export const luminance = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Contrast ratio of WCAG 2.2, 1 (equal) to 21 (black on white). */
export function contrast(a: Linear, b: Linear): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((bright ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Scales a color down until its luminance is at most `limit`; the hue stays. */
export function deepened(color: Linear, limit: number): Linear {
  const current = luminance(color);
  return current <= limit ? color : scaled(color, limit / current);
}

/** Mixes in white until the contrast with `against` is at least `ratio`; the least white that does it, within 1 %. */
export function lifted(color: Linear, against: Linear, ratio: number): Linear {
  for (let white = 0; white < 1; white += 0.01) {
    const mixed: Linear = [lift(color[0], white), lift(color[1], white), lift(color[2], white)];
    if (contrast(mixed, against) >= ratio) return mixed;
  }
  return [1, 1, 1];
}

const lift = (light: number, white: number): number => light + (1 - light) * white;
const scaled = ([red, green, blue]: Linear, factor: number): Linear => [red * factor, green * factor, blue * factor];
