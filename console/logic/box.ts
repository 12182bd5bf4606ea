import type { Box } from '#contracts/verdict';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const inside = (value: number): number => Math.min(1, Math.max(0, value));

/** Smallest side worth keeping, as a share of the picture: less is a click that trembled. */
const SMALLEST = 0.01;

/** The box between two corners, as shares of the picture; `undefined` for a click. */
export function boxBetween(from: Point, to: Point): Box | undefined {
  const [left, right] = [inside(Math.min(from.x, to.x)), inside(Math.max(from.x, to.x))];
  const [top, bottom] = [inside(Math.min(from.y, to.y)), inside(Math.max(from.y, to.y))];
  if (right - left < SMALLEST || bottom - top < SMALLEST) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Moves a box without letting it leave the picture. */
export const moveBox = (box: Box, dx: number, dy: number): Box => ({
  ...box,
  x: Math.min(1 - box.width, Math.max(0, box.x + dx)),
  y: Math.min(1 - box.height, Math.max(0, box.y + dy)),
});

/** Makes a box wider and higher (or less) from its lower right corner. */
export const growBox = (box: Box, dx: number, dy: number): Box => ({
  ...box,
  width: Math.min(1 - box.x, Math.max(SMALLEST, box.width + dx)),
  height: Math.min(1 - box.y, Math.max(SMALLEST, box.height + dy)),
});

/** What the box button starts with: the middle, where the product usually is. */
export const MIDDLE_BOX: Box = { x: 0.3, y: 0.3, width: 0.4, height: 0.4 };
