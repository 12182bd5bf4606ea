import { type Plane, plane } from './plane.ts';

/** Above this a pixel belongs to an island; the soft rim of an island is kept with it. */
const INSIDE = 0.5;
const RIM = 0.02;

/**
 * Keeps the islands of a mask that are at least `leastShare` of the largest one: specks far from the product are mistakes of the
 * network, a lid lying beside its jar is not. Connectivity is by edges; the rim goes with the island it touches.
 */
export function keepLargeIslands(mask: Plane, leastShare: number): Plane {
  const islands = label(mask, INSIDE);
  const largest = Math.max(0, ...islands.sizes);
  const out = plane(mask.width, mask.height);
  const reached = new Uint8Array(mask.data.length);
  const stack: number[] = [];
  for (let i = 0; i < reached.length; i++) {
    const island = islands.of[i]!;
    if (island >= 0 && islands.sizes[island]! >= largest * leastShare) {
      reached[i] = 1;
      stack.push(i);
    }
  }
  flood(mask, stack, reached, RIM);
  for (let i = 0; i < out.data.length; i++) if (reached[i]) out.data[i] = mask.data[i]!;
  return out;
}

function label(mask: Plane, threshold: number): { of: Int32Array; sizes: number[] } {
  const of = new Int32Array(mask.data.length).fill(-1);
  const sizes: number[] = [];
  const seen = new Uint8Array(mask.data.length);
  for (let start = 0; start < of.length; start++) {
    if (seen[start] || mask.data[start]! < threshold) continue;
    seen[start] = 1;
    const members = flood(mask, [start], seen, threshold);
    for (const member of members) of[member] = sizes.length;
    sizes.push(members.length);
  }
  return { of, sizes };
}

/** Spreads from `stack` over pixels of at least `threshold`; returns everything reached, the start included. */
function flood({ width, data }: Plane, stack: number[], seen: Uint8Array, threshold: number): number[] {
  const members: number[] = [];
  const visit = (next: number) => {
    if (seen[next] || data[next]! < threshold) return;
    seen[next] = 1;
    stack.push(next);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    members.push(at);
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at + width < data.length) visit(at + width);
  }
  return members;
}
