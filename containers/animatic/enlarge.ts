/** Four neighbours and their weights for every place along one side of the larger picture. */
interface Taps {
  readonly at: Int32Array;
  readonly weight: Float32Array;
}

/**
 * Enlarges a smooth field with a cubic B-spline, first along rows, then along columns. The spline has no corners in its first
 * and second derivative, so no grid shows through. Dither comes last: `noise` (-0.5..0.5, one row-major tile) is added
 * before rounding, which trades banding for grain below the eye's threshold.
 */
export function enlarger(
  from: { width: number; height: number },
  to: { width: number; height: number },
  noise: { readonly size: number; readonly tile: Float32Array },
): (field: Float32Array, plane: Uint8Array) => void {
  const across = spline(from.width, to.width);
  const down = spline(from.height, to.height);
  const wide = new Float32Array(to.width * from.height);
  const mask = noise.size - 1;

  return (field, plane) => {
    for (let row = 0; row < from.height; row++) {
      const start = row * from.width;
      const target = row * to.width;
      for (let x = 0, tap = 0; x < to.width; x++, tap += 4) {
        wide[target + x] =
          across.weight[tap]! * field[start + across.at[tap]!]! +
          across.weight[tap + 1]! * field[start + across.at[tap + 1]!]! +
          across.weight[tap + 2]! * field[start + across.at[tap + 2]!]! +
          across.weight[tap + 3]! * field[start + across.at[tap + 3]!]!;
      }
    }
    for (let y = 0, tap = 0, index = 0; y < to.height; y++, tap += 4) {
      const a = down.at[tap]! * to.width;
      const b = down.at[tap + 1]! * to.width;
      const c = down.at[tap + 2]! * to.width;
      const d = down.at[tap + 3]! * to.width;
      const wa = down.weight[tap]!;
      const wb = down.weight[tap + 1]!;
      const wc = down.weight[tap + 2]!;
      const wd = down.weight[tap + 3]!;
      const grain = (y & mask) * noise.size;
      for (let x = 0; x < to.width; x++, index++) {
        const value = wa * wide[a + x]! + wb * wide[b + x]! + wc * wide[c + x]! + wd * wide[d + x]!;
        plane[index] = (value + noise.tile[grain + (x & mask)]! + 0.5) | 0; // video codes stay within 16..240: no clamp needed
      }
    }
  };
}

function spline(from: number, to: number): Taps {
  const at = new Int32Array(to * 4);
  const weight = new Float32Array(to * 4);
  for (let place = 0; place < to; place++) {
    const position = ((place + 0.5) * from) / to - 0.5;
    const cell = Math.floor(position);
    const t = position - cell;
    const s = 1 - t;
    weight.set([(s * s * s) / 6, (4 - 6 * t * t + 3 * t * t * t) / 6, (4 - 6 * s * s + 3 * s * s * s) / 6, (t * t * t) / 6], place * 4);
    for (let tap = 0; tap < 4; tap++) at[place * 4 + tap] = Math.min(from - 1, Math.max(0, cell - 1 + tap));
  }
  return { at, weight };
}
