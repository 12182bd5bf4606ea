/**
 * Light is smooth, so it is drawn on a small grid and enlarged. The grid has the same size for every plate of one aspect:
 * the preview and the final enlarge the very same picture.
 */
export const FIELD_SHORT_SIDE = 112;

export interface Field {
  readonly width: number;
  readonly height: number;
  /** Length of one grid cell when the short side of the picture is 1. */
  readonly cell: number;
  /** How much of each of the shot's colours shines at each cell; 1 is full. */
  readonly base: Float32Array;
  readonly accent: Float32Array;
  readonly light: Float32Array;
}

export function fieldFor(plate: { readonly width: number; readonly height: number }): Field {
  const scale = FIELD_SHORT_SIDE / Math.min(plate.width, plate.height);
  const width = Math.round(plate.width * scale);
  const height = Math.round(plate.height * scale);
  const layer = (): Float32Array => new Float32Array(width * height);
  return { width, height, cell: 1 / FIELD_SHORT_SIDE, base: layer(), accent: layer(), light: layer() };
}
