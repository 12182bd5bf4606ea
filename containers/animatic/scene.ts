import type { View } from './camera.ts';
import type { Field } from './field.ts';

/** Calls `shade` for every cell with its place in the scene; the camera is already applied. */
export function eachCell(field: Field, view: View, shade: (index: number, x: number, y: number) => void): void {
  const { width, height, cell } = field;
  const step = cell / view.zoom;
  for (let row = 0, index = 0; row < height; row++) {
    const v = (row + 0.5 - height / 2) * step;
    for (let column = 0; column < width; column++, index++) {
      const u = (column + 0.5 - width / 2) * step;
      shade(index, u * view.cos - v * view.sin + view.x, u * view.sin + v * view.cos + view.y);
    }
  }
}

export interface Glow {
  /** Place in the scene; short side 1, centre 0. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** 1 stands in the scene and moves with it; less is farther away and moves less, more is nearer. */
  readonly depth: number;
}

/** Adds one soft spot to a layer, touching only the cells it reaches. `profile` gets the squared distance, 0 at the centre to 1 at the rim. */
export function addGlow(
  field: Field,
  layer: Float32Array,
  view: View,
  glow: Glow,
  amount: number,
  profile: (squared: number) => number,
): void {
  const { width, height, cell } = field;
  const zoom = 1 + (view.zoom - 1) * glow.depth;
  const dx = glow.x - view.x * glow.depth;
  const dy = glow.y - view.y * glow.depth;
  const centreX = ((dx * view.cos + dy * view.sin) * zoom) / cell + width / 2 - 0.5;
  const centreY = ((dy * view.cos - dx * view.sin) * zoom) / cell + height / 2 - 0.5;
  const radius = (glow.radius * zoom) / cell;
  const inverse = 1 / (radius * radius);
  const lastRow = Math.min(height - 1, Math.floor(centreY + radius));
  const lastColumn = Math.min(width - 1, Math.floor(centreX + radius));
  for (let row = Math.max(0, Math.ceil(centreY - radius)); row <= lastRow; row++) {
    const y = row - centreY;
    for (let column = Math.max(0, Math.ceil(centreX - radius)); column <= lastColumn; column++) {
      const x = column - centreX;
      const squared = (x * x + y * y) * inverse;
      const index = row * width + column;
      if (squared < 1) layer[index] = (layer[index] ?? 0) + amount * profile(squared);
    }
  }
}

/** A soft spot: brightest in the middle, exactly nothing at the rim. */
export const soft = (squared: number): number => (1 - squared) * (1 - squared) * (1 - squared);
