export interface Viewport {
  /** Pixels scrolled away above the first visible one. */
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly rows: number;
}

/** Half-open range of row indices. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows kept beyond each edge: a wheel notch moves three, so a new row is there before it is seen. */
const OVERSCAN = 8;
/** The range moves in steps, so that most scroll events draw nothing. */
const STEP = 4;

/** Which rows of a long list are drawn. Covers every visible row, whatever the list's length. */
export function visibleRows({ scrollTop, height, rowHeight, rows }: Viewport): RowRange {
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const bottom = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight);
  const first = Math.floor(Math.max(0, top - OVERSCAN) / STEP) * STEP;
  const end = Math.min(rows, Math.ceil((bottom + OVERSCAN) / STEP) * STEP);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a row is wholly seen; unchanged when it already is. */
export function scrollToRow(row: number, { scrollTop, height, rowHeight }: Viewport): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight;
  return bottom > scrollTop + height ? bottom - height : scrollTop;
}

/** Where to scroll so that a row that moved stays where the eye has it. */
export const followRow = (from: number, to: number, { scrollTop, rowHeight }: Viewport): number =>
  Math.max(0, scrollTop + (to - from) * rowHeight);
