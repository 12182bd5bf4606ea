import type { Region } from '../pictures/scale.ts';

/** Width and height of the five boxes of a cell, in cells, as the detector was trained. */
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
const VALUES = 5;
/** Less sure than this, it is a round fruit or a clock. */
export const FACE = 0.6;
/** Two boxes that share this much of what they cover are one face. */
const SAME = 0.4;

export interface Detection {
  /** Shares of the picture. */
  readonly region: Region;
  readonly certainty: number;
}

/** Faces in the detector's answer, surest first: of boxes that overlap only the surest is kept. */
export function facesOf(boxes: Float32Array, columns: number, rows: number): Detection[] {
  const area = columns * rows;
  if (boxes.length !== area * VALUES * ANCHORS.length)
    throw new RangeError(`expected ${ANCHORS.length} boxes for each of ${columns}x${rows} cells, found ${boxes.length} values`);
  const found: Detection[] = [];
  for (const [anchor, [wide, high]] of ANCHORS.entries())
    for (let cell = 0; cell < area; cell++) {
      const value = (index: number): number => boxes[(anchor * VALUES + index) * area + cell]!;
      const certainty = sigmoid(value(4));
      if (certainty < FACE) continue;
      const width = (Math.exp(value(2)) * wide) / columns;
      const height = (Math.exp(value(3)) * high) / rows;
      const middle = { x: ((cell % columns) + sigmoid(value(0))) / columns, y: (Math.floor(cell / columns) + sigmoid(value(1))) / rows };
      found.push({ certainty, region: { left: middle.x - width / 2, top: middle.y - height / 2, width, height } });
    }
  const kept: Detection[] = [];
  for (const face of found.toSorted((one, other) => other.certainty - one.certainty))
    if (kept.every(({ region }) => overlap(region, face.region) < SAME)) kept.push(face);
  return kept;
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

function overlap(one: Region, other: Region): number {
  const width = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const height = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  const common = Math.max(0, width) * Math.max(0, height);
  return common / (one.width * one.height + other.width * other.height - common);
}
