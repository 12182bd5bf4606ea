/** A round number at or above the largest value: the top of an axis. At least 1, so that an empty chart has an axis. */
export function niceTop(largest: number): number {
  if (largest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= largest) ?? 10) * power;
}

/** Points of a line in a box of `width` x `height`, the first at the left edge, the last at the right; y grows downwards. */
export function linePoints(values: readonly number[], top: number, width: number, height: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => `${(index * step).toFixed(1)},${(height - (value / top) * height).toFixed(1)}`).join(' ');
}

/** Shares of a whole that add up to 1; all zero for an empty whole. */
export function shares(parts: readonly number[]): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => (sum === 0 ? 0 : part / sum));
}
