import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { followRow, scrollToRow, visibleRows } from '../../../console/logic/windowing.ts';

const viewport = fc
  .record({
    rows: fc.integer({ min: 0, max: 20_000 }),
    height: fc.integer({ min: 0, max: 2_000 }),
    rowHeight: fc.integer({ min: 20, max: 80 }),
  })
  .chain((size) =>
    fc.record({
      rows: fc.constant(size.rows),
      height: fc.constant(size.height),
      rowHeight: fc.constant(size.rowHeight),
      scrollTop: fc.integer({ min: 0, max: Math.max(0, size.rows * size.rowHeight - size.height) }),
    }),
  );

it('draws every row that is in sight, and few others', () => {
  fc.assert(
    fc.property(viewport, (view) => {
      const { first, end } = visibleRows(view);
      const top = Math.floor(view.scrollTop / view.rowHeight);
      const bottom = Math.min(view.rows, Math.ceil((view.scrollTop + view.height) / view.rowHeight));
      expect(first).toBeLessThanOrEqual(Math.min(top, end));
      expect(end).toBeGreaterThanOrEqual(bottom);
      expect(end).toBeLessThanOrEqual(view.rows);
      expect(end - first).toBeLessThanOrEqual(Math.ceil(view.height / view.rowHeight) + 26);
    }),
  );
});

it('moves in steps, so that most scroll events draw nothing', () => {
  const view = { rows: 10_000, height: 800, rowHeight: 56 };
  const ranges = new Set(Array.from({ length: 560 }, (_, pixel) => JSON.stringify(visibleRows({ ...view, scrollTop: 50_000 + pixel }))));
  expect(ranges.size).toBeLessThanOrEqual(7); // ten rows of scrolling
});

it('scrolls just enough to show a row, and not at all when it is seen', () => {
  fc.assert(
    fc.property(viewport, fc.nat(), (view, place) => {
      fc.pre(view.rows > 0 && view.height >= view.rowHeight);
      const row = place % view.rows;
      const scrollTop = scrollToRow(row, view);
      expect(row * view.rowHeight).toBeGreaterThanOrEqual(scrollTop);
      expect((row + 1) * view.rowHeight).toBeLessThanOrEqual(scrollTop + view.height);
      expect(scrollToRow(row, { ...view, scrollTop })).toBe(scrollTop);
    }),
  );
});

it('keeps a row that moved under the reader’s eye', () => {
  const view = { rows: 100, height: 560, rowHeight: 56, scrollTop: 560 };
  expect(12 * 56 - view.scrollTop).toBe(15 * 56 - followRow(12, 15, view));
});
