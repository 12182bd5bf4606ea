// biome-ignore-all lint/a11y/useSemanticElements: a table cannot place its rows by itself
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { QueueRow as Row } from '../logic/queue-merge.ts';
import { followRow, type RowRange, scrollToRow, visibleRows } from '../logic/windowing.ts';
import { QueueRow, ROW_HEIGHT } from './queue-row.tsx';

interface ListProps {
  readonly rows: readonly Row[];
  readonly activeKey: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly selectable: boolean;
  readonly me: string;
  onActive(key: string): void;
  onOpen(key: string): void;
  onPick(key: string, range: boolean): void;
}

const COLUMNS = ['Due', 'Question', 'Product', 'Why a person is asked', 'Categories', 'Risk', 'Claim'] as const;

const sameRange = (before: RowRange, now: RowRange): RowRange => (before.first === now.first && before.end === now.end ? before : now);

/**
 * Rows of a long list, of which only those near the window exist. The grid has the focus and names the active row, so focus
 * cannot get lost with a row that leaves the document; that row stays in place when the list changes around it.
 */
export function QueueList({ rows, activeKey, selected, selectable, me, onActive, onOpen, onPick }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState<RowRange>({ first: 0, end: 40 });
  const activeIndex = rows.findIndex(({ key }) => key === activeKey);

  const viewport = () => ({
    scrollTop: scroller.current?.scrollTop ?? 0,
    height: scroller.current?.clientHeight ?? 0,
    rowHeight: ROW_HEIGHT,
    rows: rows.length,
  });
  const look = () => setRange((before) => sameRange(before, visibleRows(viewport())));

  useEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [rows.length]);

  // The row under the reader's eye stays there when others come and go above it.
  const before = useRef({ rows, index: activeIndex, key: activeKey });
  useLayoutEffect(() => {
    const { rows: oldRows, index: oldIndex, key: oldKey } = before.current;
    const element = scroller.current;
    if (
      element &&
      rows !== oldRows &&
      activeKey === oldKey &&
      activeIndex >= 0 &&
      oldIndex >= 0 &&
      activeIndex !== oldIndex &&
      element.scrollTop > 0
    )
      element.scrollTop = followRow(oldIndex, activeIndex, viewport());
    if (element && activeKey !== oldKey && activeIndex >= 0) element.scrollTop = scrollToRow(activeIndex, viewport());
    before.current = { rows, index: activeIndex, key: activeKey };
  }, [rows, activeIndex, activeKey]);

  const drawn = rows.slice(range.first, range.end);
  const activeIsDrawn = activeIndex >= range.first && activeIndex < range.end;

  return (
    <div
      ref={scroller}
      role="grid"
      class={`list${selectable ? ' selectable' : ''}`}
      aria-label="Questions, most urgent first"
      aria-rowcount={rows.length + 1}
      aria-multiselectable={selectable}
      aria-activedescendant={activeIsDrawn && activeKey ? `row-${activeKey}` : undefined}
      tabIndex={0}
      onScroll={look}
      onClick={(event) => {
        if (!(event.target instanceof Element) || event.target.closest('.pick, a')) return;
        const key = event.target.closest('[data-key]')?.getAttribute('data-key');
        if (!key) return;
        onActive(key);
        if (event.shiftKey && selectable) onPick(key, true);
        else onOpen(key);
      }}
      onKeyDown={(event) => {
        const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
        const to = { Home: 0, End: rows.length - 1, PageDown: activeIndex + page, PageUp: activeIndex - page }[event.key];
        if (to === undefined || rows.length === 0) return;
        event.preventDefault();
        onActive(rows[Math.min(rows.length - 1, Math.max(0, to))]!.key);
      }}
    >
      <div role="rowgroup" class="heads">
        <div role="row" aria-rowindex={1} class="head">
          {selectable && (
            <div role="columnheader">
              <span class="unseen">Select</span>
            </div>
          )}
          {COLUMNS.map((column) => (
            <div key={column} role="columnheader">
              {column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" class="rows" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        {drawn.map((row, index) => (
          <QueueRow
            key={row.key}
            row={row}
            index={range.first + index}
            active={row.key === activeKey}
            selected={selected.has(row.key)}
            selectable={selectable}
            me={me}
            onPick={onPick}
          />
        ))}
      </div>
    </div>
  );
}
