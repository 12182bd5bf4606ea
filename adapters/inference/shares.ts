/** Rounding lets shares of one sum to a little more or less than one. */
const ROUNDING = 1e-3;

/** Checks that a model's answer is `count` shares of one whole; anything else is a failure, never a low score. */
export function shares(values: Float32Array, count: number, who: string): readonly number[] {
  const found = [...values];
  const sum = found.reduce((all, value) => all + value, 0);
  if (found.length !== count || !(Math.abs(sum - 1) < ROUNDING) || found.some((value) => value < 0))
    throw new Error(`expected ${count} shares of one from ${who}, found ${found.slice(0, 8).join(', ')}`);
  return found.map((value) => Math.min(value, 1));
}
