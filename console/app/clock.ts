import { useEffect, useState } from 'preact/hooks';
import { type TimeLeft, timeLeft } from '../logic/time.ts';
import { createStore, useStore } from './store.ts';

/** Server time minus this machine's, in milliseconds: whatever the reader's clock says, deadlines are right. */
let offset = 0;
export const setClockOffset = (milliseconds: number): void => {
  offset = milliseconds;
};
export const serverNow = (): number => Date.now() + offset;

const second = createStore(0);
const tick = (): void => second.set(Math.floor(serverNow() / 1000));
// One timer for the whole page; a hidden tab is slowed down by the browser itself.
setInterval(tick, 1000);

/** Time left until an instant. Draws again when the words change, not every second. */
export function useTimeLeft(until: string): TimeLeft {
  const [shown, setShown] = useState(() => timeLeft(until, serverNow()));
  useEffect(() => {
    const look = () => setShown((before) => sameWords(before, timeLeft(until, serverNow())));
    look();
    return second.subscribe(look);
  }, [until]);
  return shown;
}
const sameWords = (before: TimeLeft, now: TimeLeft): TimeLeft => (before.text === now.text && before.haste === now.haste ? before : now);

const asIs = (value: number): number => value;
/** Server time in whole seconds, for the few parts that compare it themselves. */
export const useSecond = (): number => {
  useStore(second, asIs);
  return Math.floor(serverNow() / 1000);
};

const inHalfMinutes = (value: number): number => Math.floor(value / 30);
/** Changes every half minute: for lists that are filtered by time. */
export const useHalfMinutes = (): number => useStore(second, inHalfMinutes);
