/** Weights are 256ths: the two of a frame add up to exactly 256, so equal pictures blend to themselves. */
const WHOLE = 256;

/** Weight of the later window at `step` (0-based) of a ramp of `ramp` frames, in 256ths; it never reaches 0 or 256. */
export const laterWeight = (step: number, ramp: number): number => Math.round((WHOLE * (step + 1)) / (ramp + 1));

/**
 * Blends `later` into `earlier` in place: `(earlier * (256 - weight) + later * weight + 128) >> 8` for every byte.
 * Four bytes go through one 32-bit word: two products of a byte and a weight, plus the rounding, stay below 2^16 each.
 */
export function blendInto(earlier: Uint8Array, later: Uint8Array, weight: number): void {
  if (earlier.length !== later.length)
    throw new RangeError(`expected frames of equal size, found ${earlier.length} and ${later.length} bytes`);
  const rest = WHOLE - weight;
  const words = aligned(earlier) && aligned(later) ? earlier.length >>> 2 : 0;
  if (words > 0) {
    const a = new Uint32Array(earlier.buffer, earlier.byteOffset, words);
    const b = new Uint32Array(later.buffer, later.byteOffset, words);
    for (let i = 0; i < words; i++) {
      const x = a[i] ?? 0;
      const y = b[i] ?? 0;
      const even = (Math.imul(x & 0xff00ff, rest) + Math.imul(y & 0xff00ff, weight) + 0x800080) >>> 8;
      const odd = Math.imul((x >>> 8) & 0xff00ff, rest) + Math.imul((y >>> 8) & 0xff00ff, weight) + 0x800080;
      a[i] = (even & 0xff00ff) | (odd & 0xff00ff00);
    }
  }
  for (let i = words * 4; i < earlier.length; i++) earlier[i] = ((earlier[i] ?? 0) * rest + (later[i] ?? 0) * weight + 128) >> 8;
}

const aligned = (bytes: Uint8Array): boolean => bytes.byteOffset % 4 === 0;
