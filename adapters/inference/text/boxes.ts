import type { Region } from '../pictures/scale.ts';

/** A pixel belongs to text from here on; the detector was trained with a map that is cut at 0.3. */
const TEXT = 0.3;
/** What is text on average this much is a line. Busy texture that looks a little like letters stays below. */
const LINE = 0.5;
/** Fewer pixels than this in the map are no letters that anyone reads. */
const SMALLEST_SIDE = 3;
/** The detector marks the middle of a line; grown by this share of area to perimeter it holds the letters (PaddleOCR's unclip ratio). */
const GROWTH = 1.6;

/** Ends of a line grow this much more: a letter cut in half is another letter, and a little background more is none. */
const ENDS = 1.4;
/** Pieces of one line: at least this share of the lower one's height in common, and no wider gap than this many heights. */
const LEVEL = 0.6;
const GAP = 0.8;

/** Lines of text in a map of probabilities: what hangs together, as boxes grown back to the letters' size, from top to bottom. */
export function linesOf(map: Float32Array, width: number, height: number): Region[] {
  if (map.length !== width * height) throw new RangeError(`expected a map of ${width}x${height}, found ${map.length} values`);
  const seen = new Uint8Array(map.length);
  const found: Region[] = [];
  for (let start = 0; start < map.length; start++) {
    if (map[start]! <= TEXT || seen[start]) continue; // nearly everywhere there is no text, which is asked first
    const { left, top, right, bottom, mean } = component(map, width, start, seen);
    const [across, down] = [right - left + 1, bottom - top + 1];
    if (Math.min(across, down) < SMALLEST_SIDE || mean < LINE) continue;
    const grown = (across * down * GROWTH) / (2 * (across + down));
    const [aside, above] = across >= down ? [grown * ENDS, grown] : [grown, grown * ENDS];
    const [x, y] = [Math.max(0, left - aside), Math.max(0, top - above)];
    found.push({ left: x, top: y, width: Math.min(width, right + 1 + aside) - x, height: Math.min(height, bottom + 1 + above) - y });
  }
  return joined(found);
}

/** A line that a busy background tore apart is read better as one. */
function joined(regions: readonly Region[]): Region[] {
  const lines: Region[] = [];
  for (const region of regions.toSorted((one, other) => one.left - other.left)) {
    const before = lines.findIndex((line) => isContinued(line, region));
    if (before < 0) lines.push(region);
    else lines[before] = around(lines[before] ?? region, region);
  }
  return lines.toSorted((one, other) => one.top - other.top || one.left - other.left);
}

function isContinued(line: Region, next: Region): boolean {
  if (line.height > line.width || next.height > next.width * 2) return false;
  const common = Math.min(line.top + line.height, next.top + next.height) - Math.max(line.top, next.top);
  const lower = Math.min(line.height, next.height);
  return (
    common >= LEVEL * lower && lower >= LEVEL * Math.max(line.height, next.height) && next.left - (line.left + line.width) <= GAP * lower
  );
}

function around(one: Region, other: Region): Region {
  const [left, top] = [Math.min(one.left, other.left), Math.min(one.top, other.top)];
  const right = Math.max(one.left + one.width, other.left + other.width);
  return { left, top, width: right - left, height: Math.max(one.top + one.height, other.top + other.height) - top };
}

/** Marks everything that hangs together with `start`. */
function component(map: Float32Array, width: number, start: number, seen: Uint8Array) {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  let [sum, count] = [0, 0];
  const open = [start];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    sum += map[at]!;
    count++;
    const neighbours = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
    for (const next of neighbours)
      if (next >= 0 && next < map.length && !seen[next] && map[next]! > TEXT) {
        seen[next] = 1;
        open.push(next);
      }
  }
  return { left, top, right, bottom, mean: sum / count };
}
