/** One value a pixel, row by row; masks and colour channels are 0..1 here. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const plane = (width: number, height: number, data = new Float32Array(width * height)): Plane => ({ width, height, data });

/** One channel of interleaved bytes as 0..1. */
export function channelOf(
  bytes: Uint8Array,
  channels: number,
  channel: number,
  { width, height }: { width: number; height: number },
): Plane {
  const out = plane(width, height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = bytes[i * channels + channel]! / 255;
  return out;
}

export function combine(one: Plane, other: Plane, join: (a: number, b: number) => number): Plane {
  const out = plane(one.width, one.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = join(one.data[i]!, other.data[i]!);
  return out;
}

export function map(from: Plane, change: (value: number) => number): Plane {
  const out = plane(from.width, from.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = change(from.data[i]!);
  return out;
}

/** Mean over a square of side `2 * radius + 1`; near a border, over the part of the square inside. Cost does not depend on the radius. */
export function boxMean(from: Plane, radius: number): Plane {
  return transposeMean(transposeMean(from, radius), radius);
}

/** Running mean along rows, written transposed, so that two calls cover both directions and both read rows in order. */
function transposeMean({ width, height, data }: Plane, radius: number): Plane {
  const out = plane(height, width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0; // float64: a running sum of 2,048 values keeps 12 digits
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[row + x + radius]!;
      if (x - radius - 1 >= 0) sum -= data[row + x - radius - 1]!;
      const count = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      out.data[x * height + y] = sum / count;
    }
  }
  return out;
}

/** Bilinear sampling with pixel centres aligned, for smooth planes; shrinking a detailed plane with it would alias. */
export function stretch(from: Plane, width: number, height: number): Plane {
  if (from.width === width && from.height === height) return from;
  const out = plane(width, height);
  for (let y = 0; y < height; y++) {
    const [y0, y1, fy] = between(y, height, from.height);
    for (let x = 0; x < width; x++) {
      const [x0, x1, fx] = between(x, width, from.width);
      const top = from.data[y0 * from.width + x0]! * (1 - fx) + from.data[y0 * from.width + x1]! * fx;
      const bottom = from.data[y1 * from.width + x0]! * (1 - fx) + from.data[y1 * from.width + x1]! * fx;
      out.data[y * width + x] = top * (1 - fy) + bottom * fy;
    }
  }
  return out;
}

function between(at: number, size: number, sourceSize: number): [before: number, after: number, share: number] {
  const position = Math.min(sourceSize - 1, Math.max(0, ((at + 0.5) * sourceSize) / size - 0.5));
  const before = Math.floor(position);
  return [before, Math.min(sourceSize - 1, before + 1), position - before];
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
