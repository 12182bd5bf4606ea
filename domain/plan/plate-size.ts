interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Size of the generated plate: the component's short side at the master's aspect, never larger than the master itself.
 * Sides are multiples of `sizeMultiple` and even, because frames are stored with half-size chroma.
 */
export function plateSize(master: Size, shortSide: number, sizeMultiple: number): Size {
  const step = sizeMultiple % 2 === 0 ? sizeMultiple : sizeMultiple * 2;
  const scale = Math.min(1, shortSide / Math.min(master.width, master.height));
  const side = (length: number): number => Math.max(step, Math.round((length * scale) / step) * step);
  return { width: side(master.width), height: side(master.height) };
}
