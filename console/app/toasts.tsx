import type { Told } from '../logic/answers.ts';
import { createStore, useStore } from './store.ts';

interface Toast {
  readonly id: number;
  readonly tone: Told['tone'];
  readonly words: string;
}

/** Long enough to read two lines twice; what matters longer is shown in the page itself. */
const STAYS_MS = 6_000;

const toasts = createStore<readonly Toast[]>([]);
const spoken = createStore('');
let lastId = 0;

export const announce = (words: string): void => {
  // The same words twice are only read again when the region changes in between.
  spoken.set('');
  setTimeout(() => spoken.set(words), 50);
};

export function toast(tone: Told['tone'], words: string): void {
  lastId += 1;
  const id = lastId;
  toasts.set([...toasts.get().slice(-2), { id, tone, words }]);
  announce(words);
  setTimeout(() => toasts.set(toasts.get().filter((one) => one.id !== id)), STAYS_MS);
}

const all = (value: readonly Toast[]) => value;
const words = (value: string) => value;

/** Mounted once for the life of the page: a live region has to be there before it changes. */
export function Announcements() {
  const shown = useStore(toasts, all);
  const said = useStore(spoken, words);
  return (
    <>
      <div class="unseen" role="status" aria-live="polite">
        {said}
      </div>
      <div class="toasts" aria-hidden="true">
        {shown.map((one) => (
          <div key={one.id} class={`toast ${one.tone}`}>
            {one.words}
          </div>
        ))}
      </div>
    </>
  );
}
