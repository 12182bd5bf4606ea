import { type LifecycleEvent, placeOf, sequenceOf } from '#contracts/events';
import { type JobRow, TERMINAL_STATUSES } from '#contracts/ledger';
import { stageOf, VISITS, type Visit } from '#contracts/stages';
import { secondsLeft } from '#domain/ledger/time-left';

/** One visit, as a watcher sees it. */
export interface VisitProgress {
  readonly visit: Visit;
  /** From 1: what was sent back is visited again in a later take. */
  readonly take: number;
  readonly state: 'done' | 'now' | 'waiting';
  /** 0..100. */
  readonly percent: number;
  /** Seconds since its first event, up to the first event of the next visit. */
  readonly seconds: number;
}

export interface JobProgress {
  readonly visits: readonly VisitProgress[];
  readonly secondsLeft: number | undefined;
}

/** The number of a visit in its take: that of its start. Later takes are larger, and so are later visits. */
const visitOf = ({ take, visit }: Pick<VisitProgress, 'take' | 'visit'>): number => sequenceOf(visit, 'started', { take });

/** What has happened to a job so far: a pure view of its row and its events at `now` (epoch milliseconds). */
export function progressOf(row: JobRow, events: readonly LifecycleEvent[], now: number): JobProgress {
  const current = visitOf({ take: 1, ...row });
  const hasEnded = TERMINAL_STATUSES.includes(row.status);
  const firstAt = new Map<number, number>([[visitOf({ take: 1, visit: 'intake' }), Date.parse(row.acceptedAt)]]);
  for (const event of events) {
    const index = visitOf(placeOf(event.sequence));
    firstAt.set(index, Math.min(firstAt.get(index) ?? Number.POSITIVE_INFINITY, Date.parse(event.at)));
  }
  const seen = [...firstAt.keys(), current].filter((index, at, all) => index <= current && all.indexOf(index) === at).sort((a, b) => a - b);
  const end = hasEnded && row.endedAt !== undefined ? Date.parse(row.endedAt) : now;

  const visits = seen.map((index, position): VisitProgress => {
    const { take, visit } = placeOf(index);
    const from = firstAt.get(index) ?? end;
    const next = seen[position + 1];
    const until = next === undefined ? end : (firstAt.get(next) ?? end);
    const isNow = index === current && !hasEnded;
    const state = !isNow ? 'done' : row.status === 'waiting-for-review' ? 'waiting' : 'now';
    const percent = index < current ? 100 : row.percent;
    return { visit, take, state, percent, seconds: Math.max(0, until - from) / 1000 };
  });
  // The estimate knows every visit once, so of those that were made again only the last counts.
  const latest = visits.filter((one, position) => !visits.slice(position + 1).some(({ visit }) => visit === one.visit));
  const worked = latest.filter(({ visit }) => stageOf(visit) !== 'review').reduce((sum, { seconds }) => sum + seconds, 0);
  return { visits, secondsLeft: secondsLeft(row, worked) };
}

const BAR = 24; // characters; with the name and the numbers a line stays under 72 columns
const NAME = Math.max(...VISITS.map((visit) => visit.length));

/** `generate:final    ############............  51 %   4.2 s`. */
export function visitLine({ visit, take, state, percent, seconds }: VisitProgress): string {
  const full = Math.round((percent / 100) * BAR);
  const bar = '#'.repeat(full) + '.'.repeat(BAR - full);
  const mark = state === 'waiting' ? 'waits for a person'.padEnd(BAR) : bar;
  const share = state === 'waiting' ? '     ' : `${String(Math.floor(percent)).padStart(3)} %`;
  const again = take > 1 ? `  take ${take}` : '';
  return `  ${visit.padEnd(NAME)}  ${mark}  ${share}  ${seconds.toFixed(1).padStart(6)} s${again}`;
}

/** `about 12 s left`; nothing when nobody can tell. */
export const leftLine = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `about ${Math.max(1, Math.round(seconds))} s left`;
