import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { serverNow, useHalfMinutes } from '../app/clock.ts';
import { leads, useRoom } from '../app/context.ts';
import { useKeys } from '../app/keyboard.ts';
import { go } from '../app/route.ts';
import { createStore, useStore } from '../app/store.ts';
import { toldAboutClaim } from '../logic/answers.ts';
import { nextPollSeconds } from '../logic/backoff.ts';
import { IN_QUEUE } from '../logic/keys.ts';
import { countWord } from '../logic/money.ts';
import { questionKey } from '../logic/question.ts';
import { filterQueue, isFiltered, NO_FILTER, type QueueFilter } from '../logic/queue-filter.ts';
import { changesWord } from '../logic/queue-merge.ts';
import { addressOf } from '../logic/route.ts';
import { extend, keepOnly, MAX_SELECTED, toggle } from '../logic/selection.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { QueueList } from './queue-list.tsx';
import type { QueueState } from './queue-store.ts';

/** Where the reader was: coming back from a review finds the list as it was left. */
const remembered = createStore<{ readonly filter: QueueFilter; readonly activeKey: string | undefined }>({
  filter: NO_FILTER,
  activeKey: undefined,
});

const all = (state: QueueState) => state;
const NONE: ReadonlySet<string> = new Set();

export function QueuePage() {
  const { me, api, queue, announce, toast } = useRoom();
  const state = useStore(queue, all);
  const [filter, setFilter] = useState(remembered.get().filter);
  const [activeKey, setActiveKey] = useState(remembered.get().activeKey);
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const anchor = useRef<string>(undefined);
  const search = useRef<HTMLInputElement>(null);
  const board = useRef<HTMLDivElement>(null);
  const selectable = leads(me);

  useEffect(() => remembered.set({ filter, activeKey }), [filter, activeKey]);

  // Claims run out while nobody looks: "I can take" is asked again every half minute, not every second.
  const halfMinute = useHalfMinutes();
  const rows = useMemo(() => {
    if (!isFiltered(filter)) return state.rows;
    const kept = new Set(
      filterQueue(
        state.rows.map(({ entry }) => entry),
        filter,
        me.name,
        serverNow(),
      ),
    );
    return state.rows.filter(({ entry }) => kept.has(entry));
  }, [state.rows, filter, me.name, halfMinute]);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);

  useEffect(() => setSelected((before) => keepOnly(before, new Set(keys))), [keys]);

  // Nothing moves while somebody points at a row, reads further down, has chosen rows, or walks through the list by keyboard.
  const still = useRef(NONE);
  still.current = selected;
  useEffect(() => {
    queue.setMovable(() => {
      const grid = board.current?.querySelector('[role=grid]');
      return (
        !grid || (grid.scrollTop === 0 && still.current.size === 0 && !grid.matches(':hover') && !grid.contains(document.activeElement))
      );
    });
    return () => queue.setMovable(() => true);
  }, [queue]);

  const changes = changesWord(state);
  useEffect(() => {
    if (changes) announce(`The queue changed: ${changes}. Press u to bring the list up to date.`);
  }, [changes, announce]);

  const activeIndex = activeKey === undefined ? -1 : keys.indexOf(activeKey);
  const active = rows[activeIndex];
  const move = (to: number) => {
    const key = keys[Math.min(keys.length - 1, Math.max(0, to))];
    if (key === undefined) return;
    setActiveKey(key);
    const grid = board.current?.querySelector('[role=grid]');
    if (grid instanceof HTMLElement && !grid.contains(document.activeElement)) grid.focus({ preventScroll: true });
  };
  const open = (key: string) => {
    const row = rows.find((one) => one.key === key);
    if (row) go(addressOf(row.entry));
  };
  const pick = useCallback(
    (key: string, range: boolean) => {
      setSelected((before) => {
        const next = range ? extend(before, keys, anchor.current, key) : toggle(before, key);
        return next.size > MAX_SELECTED ? before : next;
      });
      anchor.current = key;
    },
    [keys],
  );

  const claim = async (how: 'claim' | 'release') => {
    if (!active || active.gone) return;
    const answer = await api[how](active.entry);
    if (answer.kind !== 'ok') return toast('bad', answer.kind === 'unchanged' ? 'Nothing changed.' : answer.message);
    const told = toldAboutClaim(answer.value);
    toast(told.tone, `${active.entry.product || active.entry.jobId}: ${told.title}`);
    const item = answer.value.item;
    queue.patch(active.entry, (entry) => (told.over ? undefined : { ...entry, claim: item?.claim }));
  };

  useKeys(IN_QUEUE, (action) => {
    if (action === 'next-row') move(activeIndex + 1);
    else if (action === 'previous-row') move(activeIndex < 0 ? 0 : activeIndex - 1);
    else if (action === 'open' && active) open(active.key);
    else if (action === 'claim' || action === 'release') void claim(action);
    else if (action === 'select' && selectable && active) pick(active.key, false);
    else if (action === 'update') queue.update();
    else if (action === 'search') search.current?.focus();
    else return false;
    return true;
  });
  useKeys(ESCAPE, () => {
    if (document.activeElement === search.current) {
      search.current?.blur();
      return true;
    }
    if (selected.size === 0) return false;
    setSelected(NONE);
    return true;
  });

  return (
    <div class="queue-page" ref={board}>
      <div class="queue-top">
        <h1>Queue</h1>
        <p class="quiet" id="queue-count">
          {state.status === 'loading' ? 'Loading…' : countWord(rows.length, 'question')}
          {state.status === 'ready' && isFiltered(filter) && ` of ${state.rows.length.toLocaleString('en-US')}`}
          {state.total > state.entries.length && state.status === 'ready' && ` · the most urgent of ${state.total.toLocaleString('en-US')}`}
        </p>
        {changes && (
          <Button look="primary" shortcut="u" onClick={() => queue.update()}>
            {`Show ${changes}`}
          </Button>
        )}
        <span class="stretch" />
        <QueueFilters entries={state.entries} filter={filter} searchRef={search} onChange={setFilter} />
      </div>
      {state.failures > 0 && state.status === 'ready' && (
        <Notice tone="warn" title="This list may be old">
          {state.problem} Next try in {nextPollSeconds(state.failures)} seconds.{' '}
          <button type="button" class="link" onClick={() => void queue.look()}>
            Try now
          </button>
        </Notice>
      )}
      {state.status === 'loading' && state.failures > 0 && (
        <div class="empty">
          <Notice tone="bad" title="The queue could not be read">
            {state.problem} Next try in {nextPollSeconds(state.failures)} seconds.
          </Notice>
          <Button onClick={() => void queue.look()}>Try now</Button>
        </div>
      )}
      {state.status === 'loading' && state.failures === 0 && <Skeleton />}
      {state.status === 'ready' && rows.length === 0 && (
        <div class="empty">
          {isFiltered(filter) ? (
            <>
              <h2>Nothing fits these filters</h2>
              <p>{countWord(state.rows.length, 'question')} in the queue without them.</p>
              <Button onClick={() => setFilter(NO_FILTER)}>Clear filters</Button>
            </>
          ) : (
            <>
              <h2>All done</h2>
              <p>Nobody waits for an answer. New questions appear here by themselves.</p>
            </>
          )}
        </div>
      )}
      {state.status === 'ready' && rows.length > 0 && (
        <QueueList
          rows={rows}
          activeKey={activeKey}
          selected={selected}
          selectable={selectable}
          me={me.name}
          onActive={setActiveKey}
          onOpen={open}
          onPick={pick}
        />
      )}
      {selected.size > 0 && (
        <BulkBar
          entries={rows.filter(({ key, gone }) => selected.has(key) && !gone).map(({ entry }) => entry)}
          onDone={() => setSelected(NONE)}
        />
      )}
      {selected.size === 0 && active && !active.gone && (
        <section class="bulk active-bar" aria-label="The active question">
          <span class="quiet">{active.entry.product || questionKey(active.entry)}</span>
          <Button look="primary" shortcut="Enter" onClick={() => open(active.key)}>
            Open
          </Button>
          <Button icon="hand" shortcut="c" disabled={!active.entry.mine} onClick={() => void claim('claim')}>
            Claim
          </Button>
          {active.entry.claim?.reviewer === me.name && (
            <Button shortcut="l" onClick={() => void claim('release')}>
              Release
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

const ESCAPE = [{ keys: ['escape'], does: '', action: 'escape' }] as const;

/** The shape of what is coming. */
const Skeleton = () => (
  <div class="skeleton" aria-hidden="true">
    {Array.from({ length: 10 }, (_, index) => (
      <div key={index} class="row">
        <i />
        <i />
        <i />
        <i />
      </div>
    ))}
  </div>
);
