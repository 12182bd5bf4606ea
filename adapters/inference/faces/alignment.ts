import type { Region } from '../pictures/scale.ts';

/** Points of the 68 that are eyes and mouth. */
const LEFT_EYE = [36, 42] as const;
const RIGHT_EYE = [42, 48] as const;
const MOUTH = [48, 68] as const;
/** In the pictures the embedding was trained on, eyes and mouth are 0.45 of the side apart, and their middle is 0.43 from the top. */
const EYES_TO_MOUTH = 0.45;
const MIDDLE_FROM_TOP = 0.43;

/** The square around a face that the embedding expects. `points` are shares of `square`, x and y in turn. */
export function aligned(points: Float32Array, square: Region): Region {
  if (points.length !== 136) throw new RangeError(`expected 68 points of a face, found ${points.length / 2}`);
  const [left, right, mouth] = [LEFT_EYE, RIGHT_EYE, MOUTH].map(([from, to]) => middle(points, from, to, square));
  const distance = (Math.hypot(left!.x - mouth!.x, left!.y - mouth!.y) + Math.hypot(right!.x - mouth!.x, right!.y - mouth!.y)) / 2;
  const side = Math.max(1, distance / EYES_TO_MOUTH);
  return {
    left: (left!.x + right!.x + mouth!.x) / 3 - side / 2,
    top: (left!.y + right!.y + mouth!.y) / 3 - side * MIDDLE_FROM_TOP,
    width: side,
    height: side,
  };
}

function middle(points: Float32Array, from: number, to: number, { left, top, width, height }: Region) {
  let [x, y] = [0, 0];
  for (let point = from; point < to; point++) {
    x += points[2 * point]!;
    y += points[2 * point + 1]!;
  }
  return { x: left + (x / (to - from)) * width, y: top + (y / (to - from)) * height };
}

/** The smallest square around a box, with the same middle. */
export function squareAround({ left, top, width, height }: Region): Region {
  const side = Math.max(width, height);
  return { left: left + (width - side) / 2, top: top + (height - side) / 2, width: side, height: side };
}
