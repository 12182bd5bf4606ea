const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Below this a countdown shows seconds: earlier, a number that moves every second only makes people nervous. */
const SHOWS_SECONDS_BELOW = 10 * MINUTE;
/** Below this a deadline is drawn in red: a clip takes a few minutes to look at and a rework takes about a quarter of an hour. */
const URGENT_BELOW = 30 * MINUTE;
/** Below this it is drawn in amber: it should be taken before lunch. */
const SOON_BELOW = 3 * HOUR;

/** Whole seconds between two instants in milliseconds; negative once `until` has passed. */
export const secondsLeft = (until: string, now: number): number => Math.floor((Date.parse(until) - now) / 1000);

/** `3 d 4 h`, `2 h 05 m`, `14 m`, `9:05`; the same words for the past and the future. */
export function span(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds));
  if (whole < SHOWS_SECONDS_BELOW) return `${Math.floor(whole / MINUTE)}:${String(whole % MINUTE).padStart(2, '0')}`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} m`;
  if (whole < DAY) return `${Math.floor(whole / HOUR)} h ${String(Math.floor((whole % HOUR) / MINUTE)).padStart(2, '0')} m`;
  return `${Math.floor(whole / DAY)} d ${Math.floor((whole % DAY) / HOUR)} h`;
}

/** The same for a screen reader, which would read `9:05` as a time of day. */
export function spokenSpan(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds));
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(whole / DAY), 'day'],
    [Math.floor((whole % DAY) / HOUR), 'hour'],
    [whole < DAY ? Math.floor((whole % HOUR) / MINUTE) : 0, 'minute'],
    [whole < SHOWS_SECONDS_BELOW ? whole % MINUTE : 0, 'second'],
  ];
  const said = units.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return said.length > 0 ? said.join(' ') : '0 seconds';
}

export type Haste = 'overdue' | 'urgent' | 'soon' | 'calm';
export const hasteOf = (seconds: number): Haste =>
  seconds <= 0 ? 'overdue' : seconds < URGENT_BELOW ? 'urgent' : seconds < SOON_BELOW ? 'soon' : 'calm';

export interface TimeLeft {
  readonly haste: Haste;
  readonly text: string;
  readonly spoken: string;
}

/** What is shown where a deadline is. */
export function timeLeft(until: string, now: number): TimeLeft {
  const seconds = secondsLeft(until, now);
  const haste = hasteOf(seconds);
  return haste === 'overdue'
    ? { haste, text: `${span(seconds)} over`, spoken: `overdue by ${spokenSpan(seconds)}` }
    : { haste, text: span(seconds), spoken: `${spokenSpan(seconds)} left` };
}

/** A claim lasts minutes: somebody who is about to lose it hears so this many seconds before. */
export const CLAIM_WARNING_SECONDS = 120;

/** Server time minus ours in milliseconds; the answer's own age is under a second and deadlines are minutes. */
export const clockOffset = (serverAt: string, receivedAt: number): number => Date.parse(serverAt) - receivedAt;

/** `27 Nov, 14:05`, in the reader's zone: a day word alone is wrong around midnight. */
export const moment = (at: string): string =>
  new Date(at).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
