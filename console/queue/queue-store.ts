import type { QueueEntry, QueuePage } from '#contracts/review-api';
import type { Answer } from '../api/answer.ts';
import { QUEUE_PAGE_ROWS } from '../api/review-api.ts';
import { setClockOffset } from '../app/clock.ts';
import { createStore, type Store } from '../app/store.ts';
import { nextPollSeconds } from '../logic/backoff.ts';
import { type QuestionId, questionKey } from '../logic/question.ts';
import { freshRows, mergeInPlace, movesNothing, type QueueRow } from '../logic/queue-merge.ts';
import { clockOffset } from '../logic/time.ts';

/** Most rows that are kept; what is beyond them is less urgent than ten thousand other questions. */
const MOST_ROWS = 10_000;
/** Pages behind the first are looked at when the first changed, and at every so many looks. */
const FULL_LOOK_EVERY = 8;

export interface QueueState {
  readonly status: 'loading' | 'ready';
  /** As shown: positions hold still until `update`. */
  readonly rows: readonly QueueRow[];
  /** As the server has it now, most urgent first. */
  readonly entries: readonly QueueEntry[];
  /** Questions in the whole queue, which may be more than are kept. */
  readonly total: number;
  readonly arrived: number;
  readonly departed: number;
  /** Looks in a row that failed, and why the last did. */
  readonly failures: number;
  readonly problem: string | undefined;
}

export interface QueueStore extends Store<QueueState> {
  /** Shows the list as it is now. */
  update(): void;
  /** Puts a changed question in place at once, without waiting for the next look. */
  patch(id: QuestionId, change: (entry: QueueEntry) => QueueEntry | undefined): void;
  /** Looks now. */
  look(): Promise<void>;
  /** Rows may be moved: nobody is pointing at one. The queue page says when not. */
  setMovable(movable: () => boolean): void;
  start(): () => void;
}

const EMPTY: QueueState = {
  status: 'loading',
  rows: [],
  entries: [],
  total: 0,
  arrived: 0,
  departed: 0,
  failures: 0,
  problem: undefined,
};

/** The queue, kept up to date by looking every few seconds while the page is visible. */
export function openQueue(fetchPage: (offset: number, etag?: string) => Promise<Answer<QueuePage>>): QueueStore {
  const store = createStore<QueueState>(EMPTY);
  const pages = new Map<number, { readonly etag: string | undefined; readonly page: QueuePage }>();
  let movable = () => true;
  let looks = 0;

  const show = (entries: readonly QueueEntry[], total: number): void => {
    const before = store.get();
    const shared = { status: 'ready', entries, total, failures: 0, problem: undefined } as const;
    const merged = mergeInPlace(before.rows, entries);
    if (before.status === 'loading' || movable() || movesNothing(before.rows, entries)) {
      const kept = new Map(merged.rows.map((row) => [row.key, row]));
      const rows = freshRows(entries).map((row) => kept.get(row.key) ?? row);
      store.set({ ...shared, rows, arrived: 0, departed: 0 });
    } else store.set({ ...shared, ...merged });
  };

  /** Reads one page; answers whether it changed, or why it could not be read. */
  const readPage = async (offset: number): Promise<'changed' | 'unchanged' | { readonly problem: string }> => {
    const answer = await fetchPage(offset, pages.get(offset)?.etag);
    if (answer.kind === 'unchanged') return 'unchanged';
    if (answer.kind !== 'ok') return { problem: answer.message };
    if (offset === 0) setClockOffset(clockOffset(answer.value.at, answer.receivedAt));
    pages.set(offset, { etag: answer.etag, page: answer.value });
    return 'changed';
  };

  const failed = (problem: string): void => store.set({ ...store.get(), failures: store.get().failures + 1, problem });

  const lookOnce = async (): Promise<void> => {
    const first = await readPage(0);
    if (typeof first === 'object') return failed(first.problem);
    const total = pages.get(0)?.page.total ?? 0;
    const offsets = Array.from({ length: Math.ceil(Math.min(total, MOST_ROWS) / QUEUE_PAGE_ROWS) }, (_, index) => index * QUEUE_PAGE_ROWS);
    let changed = first === 'changed';
    // The first thousand are shown while the rest is on its way: nobody reads further in a second.
    if (store.get().status === 'loading' && total > QUEUE_PAGE_ROWS) show(pages.get(0)?.page.entries ?? [], total);
    if (changed || looks % FULL_LOOK_EVERY === 0) {
      const rest = await Promise.all(offsets.slice(1).map(readPage));
      const problem = rest.find((one) => typeof one === 'object');
      if (typeof problem === 'object') return failed(problem.problem);
      changed ||= rest.includes('changed');
    }
    looks += 1;
    if (!changed) {
      if (store.get().failures > 0) store.set({ ...store.get(), failures: 0, problem: undefined });
      return;
    }
    // A question can be on two pages when the order changed between two answers.
    const byKey = new Map(offsets.flatMap((offset) => pages.get(offset)?.page.entries ?? []).map((entry) => [questionKey(entry), entry]));
    show([...byKey.values()], total);
  };

  let looking: Promise<void> | undefined;
  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  return {
    ...store,
    look,
    setMovable: (next) => {
      movable = next;
    },
    update() {
      const { entries } = store.get();
      store.set({ ...store.get(), rows: freshRows(entries), arrived: 0, departed: 0 });
    },
    patch(id, change) {
      const key = questionKey(id);
      const state = store.get();
      const entries = state.entries.flatMap((entry) => (questionKey(entry) === key ? (change(entry) ?? []) : [entry]));
      // Whatever the pages said about it is old now: ask again without tags.
      pages.clear();
      store.set({ ...state, entries, ...mergeInPlace(state.rows, entries) });
    },
    start() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let stopped = false;
      const again = async () => {
        if (document.visibilityState === 'visible') await look();
        if (!stopped) timer = setTimeout(again, nextPollSeconds(store.get().failures) * 1000);
      };
      const wake = () => {
        if (document.visibilityState !== 'visible') return;
        clearTimeout(timer);
        void again();
      };
      document.addEventListener('visibilitychange', wake);
      void again();
      return () => {
        stopped = true;
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', wake);
      };
    },
  };
}
