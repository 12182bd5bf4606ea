import { distance, type Oklab, toHex, toOklab } from '#domain/color/oklab';
import type { Raster } from '#domain/ports';

interface Tint {
  readonly color: Oklab;
  /** Pixels of this tint. */
  readonly weight: number;
}

/** Colours closer than this look like one colour with light on it (a just noticeable step is about 0.02). */
const SAME_COLOR = 0.08;
/** Below one percent a colour is a highlight or noise, not a colour of the photo. */
const LEAST_SHARE = 0.01;
/** K-means over at most 4,096 tints settles in about ten rounds; a fixed number keeps it the same everywhere. */
const ROUNDS = 16;
/** Half transparent and less shows more of what is behind it. */
const VISIBLE_ALPHA = 128;

/**
 * Dominant colours, most common first: weighted k-means in OKLab over a 16-level histogram. Deterministic: the first centre is the
 * commonest tint and each next one is the tint that is worst served so far. A wholly transparent picture gives mid grey.
 */
export function dominantColors(picture: Raster, most: number): string[] {
  const tints = histogram(picture);
  if (tints.length === 0) return ['#808080'];
  let centers = firstCenters(tints, most);
  for (let round = 0; round < ROUNDS; round++) centers = means(assign(tints, centers));
  const total = tints.reduce((sum, tint) => sum + tint.weight, 0);
  const clusters = mergeAlike(
    assign(tints, centers)
      .map(mean)
      .filter((tint) => tint !== undefined),
  );
  const [first, ...rest] = clusters.toSorted((one, other) => other.weight - one.weight);
  const shown = first ? [first, ...rest.filter((cluster) => cluster.weight >= total * LEAST_SHARE)] : [];
  return shown.map((cluster) => toHex(cluster.color));
}

/** Mean colour and pixel count of every occupied cell of a 16 x 16 x 16 grid, in grid order. */
function histogram({ data, channels }: Raster): Tint[] {
  const cells = new Float64Array(4096 * 4); // red, green, blue, count
  for (let at = 0; at < data.length; at += channels) {
    if (channels === 4 && data[at + 3]! < VISIBLE_ALPHA) continue;
    const [red, green, blue] = channels === 1 ? [data[at]!, data[at]!, data[at]!] : [data[at]!, data[at + 1]!, data[at + 2]!];
    const cell = (((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)) * 4;
    cells[cell]! += red;
    cells[cell + 1]! += green;
    cells[cell + 2]! += blue;
    cells[cell + 3]! += 1;
  }
  const tints: Tint[] = [];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const weight = cells[cell + 3]!;
    if (weight === 0) continue;
    const channel = (offset: number) => Math.round(cells[cell + offset]! / weight);
    tints.push({ color: toOklab(channel(0), channel(1), channel(2)), weight });
  }
  return tints;
}

function firstCenters(tints: readonly Tint[], most: number): Oklab[] {
  const commonest = tints.reduce((best, tint) => (tint.weight > best.weight ? tint : best));
  const centers = [commonest.color];
  while (centers.length < Math.min(most, tints.length)) {
    // Weighing the distance by the number of pixels keeps a single odd pixel from taking a centre.
    const need = (tint: Tint) => tint.weight * Math.min(...centers.map((center) => distance(tint.color, center))) ** 2;
    centers.push(tints.reduce((best, tint) => (need(tint) > need(best) ? tint : best)).color);
  }
  return centers;
}

function assign(tints: readonly Tint[], centers: readonly Oklab[]): Tint[][] {
  const groups: Tint[][] = centers.map(() => []);
  for (const tint of tints) {
    let nearest = 0;
    centers.forEach((center, index) => {
      if (distance(tint.color, center) < distance(tint.color, centers[nearest]!)) nearest = index;
    });
    groups[nearest]!.push(tint);
  }
  return groups;
}

const means = (groups: readonly Tint[][]): Oklab[] =>
  groups
    .map(mean)
    .filter((tint) => tint !== undefined)
    .map((tint) => tint.color);

function mean(group: readonly Tint[]): Tint | undefined {
  const weight = group.reduce((sum, tint) => sum + tint.weight, 0);
  if (weight === 0) return undefined;
  const part = (axis: 0 | 1 | 2) => group.reduce((sum, tint) => sum + tint.color[axis] * tint.weight, 0) / weight;
  return { color: [part(0), part(1), part(2)], weight };
}

/** Joins the two closest clusters until none look alike. */
function mergeAlike(clusters: readonly Tint[]): Tint[] {
  const kept = [...clusters];
  for (;;) {
    let closest: [number, number] | undefined;
    let least = SAME_COLOR;
    for (let i = 0; i < kept.length; i++)
      for (let j = i + 1; j < kept.length; j++) {
        const apart = distance(kept[i]!.color, kept[j]!.color);
        if (apart < least) [least, closest] = [apart, [i, j]];
      }
    if (!closest) return kept;
    const [i, j] = closest;
    const joined = mean([kept[i]!, kept[j]!])!;
    kept.splice(j, 1);
    kept.splice(i, 1, joined);
  }
}
